package io.limiquantix.bus.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.host.VolumeOrigin;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pools and volumes. */
public final class StorageApi {
    /** Tries the pool on each of its hosts before anything is stored. */
    public static final ServiceAddress<CreatePool, PoolView> CREATE_POOL =
            ServiceAddress.changing("storage.create-pool", CreatePool.class, PoolView.class);

    public static final ServiceAddress<Nothing, Pools> LIST_POOLS =
            ServiceAddress.reading("storage.list-pools", Nothing.class, Pools.class);
    public static final ServiceAddress<Pool, PoolView> GET_POOL =
            ServiceAddress.reading("storage.get-pool", Pool.class, PoolView.class);

    /** How full a pool was; a moment in which no host could use it has no sample. */
    public static final ServiceAddress<PoolPeriod, CapacityOverTime> CAPACITY_OVER_TIME =
            ServiceAddress.reading("storage.capacity-over-time", PoolPeriod.class, CapacityOverTime.class);

    /** Opens the pool on each host and gives it back at once: what a person sees before the pool is made. */
    public static final ServiceAddress<TryPool, Trials> TRY_POOL =
            ServiceAddress.changing("storage.try-pool", TryPool.class, Trials.class);

    /** The storage drivers, as a host that is up has them. */
    public static final ServiceAddress<Nothing, HostStorageApi.Drivers> LIST_DRIVERS =
            ServiceAddress.reading("storage.list-drivers", Nothing.class, HostStorageApi.Drivers.class);

    /**
     * Changes the name and what the pool was told. Tried on each of its hosts that answers before it is stored, and taken back on
     * all of them when one refuses; the others get it when they come back.
     */
    public static final ServiceAddress<ChangePool, PoolView> CHANGE_POOL =
            ServiceAddress.changing("storage.change-pool", ChangePool.class, PoolView.class);

    /** Lets one more host use the pool; tried there before it is stored. */
    public static final ServiceAddress<PoolHost, PoolView> ASSIGN_HOST =
            ServiceAddress.changing("storage.assign-host", PoolHost.class, PoolView.class);

    /** Takes the pool from a host; refused for its last one, and while something of it is used or lies there. */
    public static final ServiceAddress<UnassignHost, PoolView> UNASSIGN_HOST =
            ServiceAddress.changing("storage.unassign-host", UnassignHost.class, PoolView.class);

    /** While a pool is in maintenance nothing new is put into it. */
    public static final ServiceAddress<SetMaintenance, PoolView> SET_MAINTENANCE =
            ServiceAddress.changing("storage.set-maintenance", SetMaintenance.class, PoolView.class);

    /** What lies in the pool and was made by hand, by host; a pool that hosts share is looked at through one of them. */
    public static final ServiceAddress<Pool, Unmanaged> LIST_UNMANAGED =
            ServiceAddress.reading("storage.list-unmanaged", Pool.class, Unmanaged.class);

    /** Makes one of those a volume. */
    public static final ServiceAddress<AdoptVolume, TaskRef> ADOPT_VOLUME =
            ServiceAddress.changing("storage.adopt-volume", AdoptVolume.class, TaskRef.class);

    /** Refused while the pool holds volumes or images. */
    public static final ServiceAddress<Pool, Nothing> DELETE_POOL =
            ServiceAddress.changing("storage.delete-pool", Pool.class, Nothing.class);

    /** Makes a volume for a task: stores it, has the host make it, answers when the host confirmed. */
    public static final ServiceAddress<ProvisionVolume, VolumeView> PROVISION_VOLUME =
            ServiceAddress.changing("storage.provision-volume", ProvisionVolume.class, VolumeView.class);

    /**
     * Begins to copy what a snapshot of a volume holds into a new volume of a VM, for a task, which waits for the one that is answered;
     * where that does not succeed, nothing of the volume is left.
     */
    public static final ServiceAddress<CopySnapshot, TaskRef> COPY_SNAPSHOT =
            ServiceAddress.changing("storage.copy-snapshot", CopySnapshot.class, TaskRef.class);

    /** Deletes a volume for a task, answers when the host confirmed; success when there is none. */
    public static final ServiceAddress<Volume, Nothing> DISCARD_VOLUME =
            ServiceAddress.changing("storage.discard-volume", Volume.class, Nothing.class);

    /**
     * Gives the volume to a VM, for a task; asked again it is success. Refused while another VM has it unless it is shareable,
     * and when the VM's host does not reach it. Whoever has it keeps it until {@link #RELEASE_VOLUME}.
     */
    public static final ServiceAddress<AttachVolume, VolumeView> ATTACH_VOLUME =
            ServiceAddress.changing("storage.attach-volume", AttachVolume.class, VolumeView.class);

    /** Takes the volume from the VM and leaves it in its pool; success when the VM does not have it. */
    public static final ServiceAddress<VolumeOfVm, Nothing> RELEASE_VOLUME =
            ServiceAddress.changing("storage.release-volume", VolumeOfVm.class, Nothing.class);

    /** Says whether several VMs may have the volume at once; refused while any has it. */
    public static final ServiceAddress<SetShareable, VolumeView> SET_SHAREABLE =
            ServiceAddress.changing("storage.set-shareable", SetShareable.class, VolumeView.class);

    public static final ServiceAddress<CreateVolume, TaskRef> CREATE_VOLUME =
            ServiceAddress.changing("storage.create-volume", CreateVolume.class, TaskRef.class);
    public static final ServiceAddress<ListVolumes, Volumes> LIST_VOLUMES =
            ServiceAddress.reading("storage.list-volumes", ListVolumes.class, Volumes.class);
    public static final ServiceAddress<Volume, VolumeView> GET_VOLUME =
            ServiceAddress.reading("storage.get-volume", Volume.class, VolumeView.class);
    public static final ServiceAddress<ResizeVolume, TaskRef> RESIZE_VOLUME =
            ServiceAddress.changing("storage.resize-volume", ResizeVolume.class, TaskRef.class);

    /** Refused while a VM has it, and while it has snapshots unless they are to go with it. */
    public static final ServiceAddress<DeleteVolume, TaskRef> DELETE_VOLUME =
            ServiceAddress.changing("storage.delete-volume", DeleteVolume.class, TaskRef.class);

    /** Lets the volume depend on no image, volume and snapshot any more. */
    public static final ServiceAddress<Volume, TaskRef> MAKE_INDEPENDENT =
            ServiceAddress.changing("storage.make-independent", Volume.class, TaskRef.class);

    public static final ServiceAddress<CreateSnapshot, TaskRef> CREATE_SNAPSHOT =
            ServiceAddress.changing("storage.create-snapshot", CreateSnapshot.class, TaskRef.class);

    /** Oldest first. */
    public static final ServiceAddress<Volume, Snapshots> LIST_SNAPSHOTS =
            ServiceAddress.reading("storage.list-snapshots", Volume.class, Snapshots.class);

    /** Brings the volume back to what it was; refused while a VM runs with it. */
    public static final ServiceAddress<Snapshot, TaskRef> REVERT_TO_SNAPSHOT =
            ServiceAddress.changing("storage.revert-to-snapshot", Snapshot.class, TaskRef.class);

    /** Refused while a volume depends on it. */
    public static final ServiceAddress<Snapshot, TaskRef> DELETE_SNAPSHOT =
            ServiceAddress.changing("storage.delete-snapshot", Snapshot.class, TaskRef.class);

    /**
     * Keeps what volumes of a VM hold, all at one moment, for a task; asked again it answers the same. Those snapshots are gone back to
     * and deleted for tasks only.
     */
    public static final ServiceAddress<SnapshotVm, VmDisksKept> SNAPSHOT_VM =
            ServiceAddress.changing("storage.snapshot-vm", SnapshotVm.class, VmDisksKept.class);

    /** Brings a volume back for a task. */
    public static final ServiceAddress<Snapshot, VolumeView> BRING_BACK =
            ServiceAddress.changing("storage.bring-back", Snapshot.class, VolumeView.class);

    /** Deletes a snapshot for a task; success when there is none. {@code TIMEOUT} while it is merged: ask again. */
    public static final ServiceAddress<Snapshot, Nothing> DISCARD_SNAPSHOT =
            ServiceAddress.changing("storage.discard-snapshot", Snapshot.class, Nothing.class);

    /** How many volumes began as this image. */
    public static final ServiceAddress<Image, Uses> COUNT_USES =
            ServiceAddress.reading("storage.count-uses", Image.class, Uses.class);

    /** How many volumes of one pool depend on the image's copy there. */
    public static final ServiceAddress<ImageAt, Uses> COUNT_USES_AT =
            ServiceAddress.reading("storage.count-uses-at", ImageAt.class, Uses.class);

    /** Some volumes that depend on the image, at most 500; none when there are no more. */
    public static final ServiceAddress<Image, Dependents> LIST_DEPENDENTS =
            ServiceAddress.reading("storage.list-dependents", Image.class, Dependents.class);

    private StorageApi() {}

    public record Dependent(UUID volumeId, String name) {}

    public record Dependents(List<Dependent> volumes) {
        public Dependents {
            volumes = List.copyOf(volumes);
        }
    }

    /** @param hostId of which the copy is; does not matter in a pool that its hosts share */
    public record ImageAt(UUID imageId, UUID poolId, UUID hostId) {}

    public record Image(UUID imageId) {}

    public record Uses(long volumes) {}

    /**
     * @param secrets those settings of the driver that are secret; they are never answered
     * @param hostIds empty: every host that is known now
     */
    public record CreatePool(
            String name, String driver, Map<String, String> settings, Map<String, Secret> secrets, List<UUID> hostIds) {
        public CreatePool {
            settings = Map.copyOf(settings);
            // Absent in what an earlier version wrote.
            secrets = Objects.requireNonNullElse(secrets, Map.of());
            secrets = Map.copyOf(secrets);
            hostIds = List.copyOf(hostIds);
        }
    }

    public record Pool(UUID poolId) {}

    public record PoolPeriod(UUID poolId, CapacityOverTime.Period period) {}

    /** As {@link CreatePool}, without a name. */
    public record TryPool(
            String driver, Map<String, String> settings, Map<String, Secret> secrets, List<UUID> hostIds) {
        public TryPool {
            settings = Map.copyOf(settings);
            secrets = Map.copyOf(secrets);
            hostIds = List.copyOf(hostIds);
        }
    }

    /**
     * How the pool was on a host.
     *
     * @param problem why it cannot be used there, in a sentence
     * @param field the setting that is to blame, where it is one
     */
    public record Trial(
            UUID hostId,
            boolean usable,
            long capacityBytes,
            long freeBytes,
            @Nullable String problem,
            @Nullable String field) {}

    public record Trials(List<Trial> trials) {
        public Trials {
            trials = List.copyOf(trials);
        }
    }

    public record PoolHost(UUID poolId, UUID hostId) {}

    /**
     * @param withoutHost whether the host is not asked, since it does not answer; refused while it is up, or has VMs with disks in
     *     the pool
     */
    public record UnassignHost(UUID poolId, UUID hostId, boolean withoutHost) {}

    /**
     * What is absent stays as it is.
     *
     * @param expectedVersion that the pool has where nobody changed it since; absent: any
     * @param settings those that are to be other ones
     * @param removedSettings those that it is to have no more
     * @param secrets as {@code settings}; they are never answered
     */
    public record ChangePool(
            UUID poolId,
            @Nullable Long expectedVersion,
            @Nullable String name,
            Map<String, String> settings,
            List<String> removedSettings,
            Map<String, Secret> secrets,
            List<String> removedSecrets) {
        public ChangePool {
            settings = Map.copyOf(settings);
            removedSettings = List.copyOf(removedSettings);
            secrets = Map.copyOf(secrets);
            removedSecrets = List.copyOf(removedSecrets);
        }

        /** Whether nothing but perhaps the name is to change. */
        public boolean leavesSettings() {
            return settings.isEmpty() && removedSettings.isEmpty() && secrets.isEmpty() && removedSecrets.isEmpty();
        }
    }

    public record SetMaintenance(
            UUID poolId, boolean maintenance, @Nullable Long expectedVersion) {}

    public record UnmanagedOnHost(UUID hostId, HostStorageApi.UnmanagedVolume volume) {}

    public record Unmanaged(List<UnmanagedOnHost> items) {
        public Unmanaged {
            items = List.copyOf(items);
        }
    }

    /**
     * @param storageName as {@link #LIST_UNMANAGED} has it
     * @param name what it is to be called
     */
    public record AdoptVolume(UUID poolId, UUID hostId, String storageName, String name) {}

    public record Pools(List<PoolView> items) {
        public Pools {
            items = List.copyOf(items);
        }
    }

    /**
     * @param independent whether it must share no blocks with its origin
     * @param format {@code qcow2} or {@code raw}; absent: what fits the pool and the origin
     * @param shareable whether several VMs may have it at once
     */
    public record ProvisionVolume(
            UUID volumeId,
            UUID poolId,
            UUID hostId,
            String name,
            long sizeBytes,
            VolumeOrigin origin,
            boolean independent,
            HostStorageApi.Preallocation preallocation,
            @Nullable UUID vmId,
            @Nullable String format,
            boolean shareable) {
        /** Of the format that fits, for one VM at a time. */
        public ProvisionVolume(
                UUID volumeId,
                UUID poolId,
                UUID hostId,
                String name,
                long sizeBytes,
                VolumeOrigin origin,
                boolean independent,
                HostStorageApi.Preallocation preallocation,
                @Nullable UUID vmId) {
            this(volumeId, poolId, hostId, name, sizeBytes, origin, independent, preallocation, vmId, null, false);
        }

        /** A thin one that begins as an image or empty. */
        public static ProvisionVolume ofImage(
                UUID volumeId,
                UUID poolId,
                UUID hostId,
                String name,
                long sizeBytes,
                @Nullable UUID imageId,
                @Nullable UUID vmId) {
            return new ProvisionVolume(
                    volumeId,
                    poolId,
                    hostId,
                    name,
                    sizeBytes,
                    VolumeOrigin.ofImage(imageId),
                    false,
                    HostStorageApi.Preallocation.THIN,
                    vmId);
        }
    }

    /**
     * @param volumeId the new one
     * @param hostId where it is to be used
     */
    public record CopySnapshot(UUID volumeId, UUID poolId, UUID hostId, String name, Snapshot source, UUID vmId) {}

    public record Volume(UUID volumeId) {}

    /**
     * @param poolId absent for one that begins as another volume: the same pool
     * @param sizeBytes absent for one that begins as another volume or its snapshot: the same size
     * @param independent whether it must share no blocks with its origin
     * @param format {@code qcow2} or {@code raw}; absent: what fits the pool and the origin, or {@code raw} for a shareable one
     * @param shareable whether several VMs may have it at once, each with a file system or database made for that
     */
    public record CreateVolume(
            @Nullable UUID poolId,
            @Nullable UUID hostId,
            String name,
            @Nullable Long sizeBytes,
            VolumeOrigin origin,
            boolean independent,
            HostStorageApi.Preallocation preallocation,
            @Nullable String format,
            boolean shareable) {
        /** Of the format that fits, for one VM at a time. */
        public CreateVolume(
                @Nullable UUID poolId,
                @Nullable UUID hostId,
                String name,
                @Nullable Long sizeBytes,
                VolumeOrigin origin,
                boolean independent,
                HostStorageApi.Preallocation preallocation) {
            this(poolId, hostId, name, sizeBytes, origin, independent, preallocation, null, false);
        }
    }

    /** @param hostId the VM's host */
    public record AttachVolume(UUID volumeId, UUID vmId, UUID hostId, boolean readOnly) {}

    public record VolumeOfVm(UUID volumeId, UUID vmId) {}

    public record SetShareable(
            UUID volumeId, boolean shareable, @Nullable Long expectedVersion) {}

    public record DeleteVolume(UUID volumeId, boolean withSnapshots) {}

    public record CreateSnapshot(UUID volumeId, String name) {}

    public record Snapshot(UUID volumeId, UUID snapshotId) {}

    /**
     * @param hostId the VM's
     * @param name of the VM's snapshot
     * @param disks at least one
     * @param memory whether what the guest has in its memory is kept as well, by the id of the VM's snapshot
     */
    public record SnapshotVm(
            UUID vmId,
            UUID hostId,
            UUID vmSnapshotId,
            String name,
            List<Snapshot> disks,
            boolean quiesce,
            boolean memory) {
        public SnapshotVm {
            disks = List.copyOf(disks);
        }
    }

    /**
     * @param disks in the order of the request
     * @param memoryBytes what its memory takes on the host; absent: it was not kept
     */
    public record VmDisksKept(
            List<SnapshotView> disks,
            Stillness stillness,
            @Nullable Long memoryBytes) {
        public VmDisksKept {
            disks = List.copyOf(disks);
        }
    }

    public record Snapshots(List<SnapshotView> items) {
        public Snapshots {
            items = List.copyOf(items);
        }
    }

    public record ResizeVolume(
            UUID volumeId, long sizeBytes, @Nullable Long expectedVersion) {}

    public record ListVolumes(
            Page page, @Nullable UUID poolId, @Nullable UUID vmId) {}

    public record Volumes(List<VolumeView> items, @Nullable String nextCursor) {
        public Volumes {
            items = List.copyOf(items);
        }
    }
}
