package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.tasks.Moved;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a host does with the pools that are assigned to it. All changes are idempotent by the ids they name. */
public final class HostStorageApi {
    /** Makes the pool usable on this host, also after its restarts; refused with the reason where it cannot be opened now. */
    public static final HostAddress<OpenPool, PoolReport> OPEN_POOL =
            HostAddress.changing("host.storage.open-pool", OpenPool.class, PoolReport.class);

    /**
     * Has the host use the pool by this definition from now on, while volumes stay in use; opens it where the host does not have
     * it. Where that is refused, the host has what it had.
     */
    public static final HostAddress<ChangePool, PoolReport> CHANGE_POOL =
            HostAddress.changing("host.storage.change-pool", ChangePool.class, PoolReport.class);

    /** Stops using the pool on this host, with what it holds left as it is; refused while a running domain uses that. */
    public static final HostAddress<PoolName, Nothing> CLOSE_POOL =
            HostAddress.changing("host.storage.close-pool", PoolName.class, Nothing.class);

    /** Gives the pool's place back; refused while it holds volumes or images. */
    public static final HostAddress<PoolName, Nothing> RELEASE_POOL =
            HostAddress.changing("host.storage.release-pool", PoolName.class, Nothing.class);

    /** The storage drivers of this host, and what each wants to be told. */
    public static final HostAddress<Nothing, Drivers> LIST_DRIVERS =
            HostAddress.reading("host.storage.list-drivers", Nothing.class, Drivers.class);

    public static final HostAddress<CreateVolume, VolumeReport> CREATE_VOLUME =
            HostAddress.changing("host.storage.create-volume", CreateVolume.class, VolumeReport.class);

    /**
     * Makes a volume that holds what one of another pool holds, or its snapshot. It may take days: whoever waits asks again
     * with the same operation, and looks meanwhile how far it is.
     */
    public static final HostAddress<CopyVolume, VolumeReport> COPY_VOLUME =
            HostAddress.changing("host.storage.copy-volume", CopyVolume.class, VolumeReport.class);

    /** How far the copy into this volume is. */
    public static final HostAddress<VolumeName, CopyProgress> LOOK_AT_COPY =
            HostAddress.reading("host.storage.look-at-copy", VolumeName.class, CopyProgress.class);

    /**
     * Ends the copy into this volume, unless a newer run of its task makes it; what it made stays to be deleted. Does not wait
     * for its end.
     */
    public static final HostAddress<VolumeName, Nothing> END_COPY =
            HostAddress.changing("host.storage.end-copy", VolumeName.class, Nothing.class);

    /** Deletes the volume; success when it is not there, refused while it has snapshots unless they are to go with it. */
    public static final HostAddress<DeleteVolume, Nothing> DELETE_VOLUME =
            HostAddress.changing("host.storage.delete-volume", DeleteVolume.class, Nothing.class);

    /** Lets the volume depend on no image and no snapshot any more. */
    public static final HostAddress<VolumeName, VolumeReport> MAKE_INDEPENDENT =
            HostAddress.changing("host.storage.make-independent", VolumeName.class, VolumeReport.class);

    /** Grows the volume, also under a running domain; shrinking is refused. */
    public static final HostAddress<ResizeVolume, VolumeReport> RESIZE_VOLUME =
            HostAddress.changing("host.storage.resize-volume", ResizeVolume.class, VolumeReport.class);

    public static final HostAddress<PoolName, Volumes> LIST_VOLUMES =
            HostAddress.reading("host.storage.list-volumes", PoolName.class, Volumes.class);

    /** The volume as a disk of a domain of this host, in libvirt's XML; without any secret. */
    public static final HostAddress<DiskOf, DiskXml> DESCRIBE_DISK =
            HostAddress.reading("host.storage.describe-disk", DiskOf.class, DiskXml.class);

    /** What lies among the pool's volumes and was made by hand. */
    public static final HostAddress<PoolName, UnmanagedVolumes> LIST_UNMANAGED =
            HostAddress.reading("host.storage.list-unmanaged", PoolName.class, UnmanagedVolumes.class);

    /** Makes one of those a volume of the pool. */
    public static final HostAddress<AdoptVolume, VolumeReport> ADOPT_VOLUME =
            HostAddress.changing("host.storage.adopt-volume", AdoptVolume.class, VolumeReport.class);

    /** Keeps what the volume holds now; refused while a domain uses it where the pool has no live snapshots. */
    public static final HostAddress<SnapshotName, SnapshotMade> CREATE_SNAPSHOT =
            HostAddress.changing("host.storage.create-snapshot", SnapshotName.class, SnapshotMade.class);

    /**
     * Keeps what disks of one domain hold, all of the same moment; each is a snapshot as any other then. A guest is still for that
     * moment only, or while its memory is written where a storage makes one of the snapshots. Refused where some of them are there
     * and others are not. {@code NO_CAPACITY} when there is no room for the memory.
     */
    public static final HostAddress<SnapshotsOfDomain, SnapshotsMade> CREATE_SNAPSHOTS =
            HostAddress.changing("host.storage.create-snapshots", SnapshotsOfDomain.class, SnapshotsMade.class);

    /** Brings the volume back to the snapshot; refused while a domain uses it. */
    public static final HostAddress<SnapshotName, VolumeReport> REVERT_TO_SNAPSHOT =
            HostAddress.changing("host.storage.revert-to-snapshot", SnapshotName.class, VolumeReport.class);

    /**
     * Deletes the snapshot; success when there is none, refused while a volume depends on it. Where its file has to be merged it
     * may take hours: whoever waits asks again.
     */
    public static final HostAddress<SnapshotName, SnapshotDeleted> DELETE_SNAPSHOT =
            HostAddress.changing("host.storage.delete-snapshot", SnapshotName.class, SnapshotDeleted.class);

    /** Oldest first. */
    public static final HostAddress<VolumeName, Snapshots> LIST_SNAPSHOTS =
            HostAddress.reading("host.storage.list-snapshots", VolumeName.class, Snapshots.class);

    /** Writes the NoCloud seed of a VM; the same VM asked again gets the new contents. */
    public static final HostAddress<MakeSeed, Seed> MAKE_SEED =
            HostAddress.changing("host.storage.make-seed", MakeSeed.class, Seed.class);

    /** Where the VM's seed is. {@code NOT_FOUND} when no pool that is open here has one. */
    public static final HostAddress<DomainApi.Domain, Seed> FIND_SEED =
            HostAddress.reading("host.storage.find-seed", DomainApi.Domain.class, Seed.class);

    /** Deletes the VM's seed; success when there is none, {@code UNAVAILABLE} while a pool that may hold it is not open. */
    public static final HostAddress<DomainApi.Domain, Nothing> DELETE_SEED =
            HostAddress.changing("host.storage.delete-seed", DomainApi.Domain.class, Nothing.class);

    /** Opens the stream endpoint for one upload of an image's bytes into the pool. */
    public static final HostAddress<OpenUpload, StreamTicket> OPEN_UPLOAD =
            HostAddress.changing("host.storage.open-upload", OpenUpload.class, StreamTicket.class);

    /** How much of an image that is not admitted has come in parts. */
    public static final HostAddress<ImageName, ArrivedBytes> LOOK_AT_ARRIVAL =
            HostAddress.reading("host.storage.look-at-arrival", ImageName.class, ArrivedBytes.class);

    /** Forgets what has come of an image; refused while it comes, and once the image is admitted. */
    public static final HostAddress<ImageName, Nothing> FORGET_ARRIVAL =
            HostAddress.changing("host.storage.forget-arrival", ImageName.class, Nothing.class);

    /** Copies a file of the host into the pool as an image's bytes; allowed only below the configured import folders. */
    public static final HostAddress<CopyImageFile, Nothing> COPY_IMAGE_FILE =
            HostAddress.changing("host.storage.copy-image-file", CopyImageFile.class, Nothing.class);

    /** Checks the bytes that arrived and makes them an image, or refuses and deletes them. */
    public static final HostAddress<AdmitImage, ImageReport> ADMIT_IMAGE =
            HostAddress.changing("host.storage.admit-image", AdmitImage.class, ImageReport.class);

    /** Deletes an image or what has arrived of it; refused while volumes depend on it. */
    public static final HostAddress<ImageName, Nothing> DELETE_IMAGE =
            HostAddress.changing("host.storage.delete-image", ImageName.class, Nothing.class);

    private HostStorageApi() {}

    /**
     * @param driver one of {@link #LIST_DRIVERS}
     * @param settings the driver's own
     * @param secrets those of its settings that are secret
     * @param definition which definition of the pool this is: each change of its settings has another one
     */
    public record OpenPool(
            UUID poolId, String driver, Map<String, String> settings, Map<String, Secret> secrets, UUID definition) {
        public OpenPool {
            settings = Map.copyOf(settings);
            // Absent in what an earlier version wrote.
            secrets = Objects.requireNonNullElse(secrets, Map.of());
            secrets = Map.copyOf(secrets);
            definition = Objects.requireNonNullElse(definition, poolId);
        }

        /** The first definition of the pool, which is called as the pool is. */
        public OpenPool(UUID poolId, String driver, Map<String, String> settings, Map<String, Secret> secrets) {
            this(poolId, driver, settings, secrets, poolId);
        }
    }

    /** @param anyway also when the pool cannot be used so now; else that is a refusal */
    public record ChangePool(OpenPool pool, boolean anyway) {}

    public record PoolName(UUID poolId) {}

    public record VolumeName(UUID poolId, UUID volumeId) {}

    /** @param withSnapshots whether its snapshots go with it */
    public record DeleteVolume(UUID poolId, UUID volumeId, boolean withSnapshots) {}

    /**
     * @param format {@code qcow2} or {@code raw}
     * @param sizeBytes what the guest sees; at least the origin's size
     * @param independent whether it must not depend on its origin; else it shares blocks with it where the pool is able to
     * @param preallocation how much of an empty volume is taken at once
     */
    public record CreateVolume(
            UUID poolId,
            UUID volumeId,
            String format,
            long sizeBytes,
            VolumeOrigin origin,
            boolean independent,
            Preallocation preallocation) {}

    /**
     * @param sourceSnapshotId absent: what the source holds now
     * @param format {@code qcow2} or {@code raw}
     * @param sizeBytes at least the source's size
     */
    public record CopyVolume(
            UUID sourcePoolId,
            UUID sourceVolumeId,
            @Nullable UUID sourceSnapshotId,
            UUID poolId,
            UUID volumeId,
            String format,
            long sizeBytes) {}

    /**
     * @param state whether it is at work now
     * @param percent 0 to 100 of what is to be read, at work
     * @param moved in bytes, where the host counts them
     */
    public record CopyProgress(
            CopyState state, int percent, @Nullable Moved moved) {
        /** Of a copy whose bytes nobody counts. */
        public CopyProgress(CopyState state, int percent) {
            this(state, percent, null);
        }
    }

    /** What a host knows of a copy that it was asked for. */
    public enum CopyState {
        /** It is not asked for, was cut off with the host's process, or is done. */
        NOT_HERE,
        /** Others come first. */
        WAITING,
        COPYING
    }

    /** How much of a volume's space is taken when it is made. */
    public enum Preallocation {
        THIN,
        FULL
    }

    public record SnapshotName(UUID poolId, UUID volumeId, UUID snapshotId) {}

    /**
     * @param sizeBytes the size that the volume had
     * @param depended whether volumes share blocks with it, so that it cannot be deleted
     */
    public record SnapshotReport(UUID snapshotId, UUID volumeId, long sizeBytes, boolean depended) {}

    /**
     * @param quiesce whether the guest's agent is asked to freeze its file systems for the moment
     * @param memoryId what its memory is to be known by, which is kept with the disks; absent: it is not
     */
    public record SnapshotsOfDomain(
            UUID vmId,
            List<SnapshotName> disks,
            boolean quiesce,
            @Nullable UUID memoryId) {
        public SnapshotsOfDomain {
            disks = List.copyOf(disks);
        }
    }

    /**
     * @param stillness {@link Stillness#RUNNING} also where nobody knows any more
     * @param memoryBytes what its memory takes on the host; absent: it was not kept
     */
    public record SnapshotsMade(
            List<SnapshotMade> disks,
            Stillness stillness,
            @Nullable Long memoryBytes) {
        public SnapshotsMade {
            disks = List.copyOf(disks);
        }
    }

    /** @param volume what it is with the snapshot, where it lies in other files than before */
    public record SnapshotMade(
            SnapshotReport snapshot, @Nullable VolumeReport volume) {}

    /** @param volume what it is without the snapshot, where it may lie in other files than before */
    public record SnapshotDeleted(@Nullable VolumeReport volume) {}

    public record Snapshots(List<SnapshotReport> snapshots) {
        public Snapshots {
            snapshots = List.copyOf(snapshots);
        }
    }

    /** @param target libvirt's name for the disk, for instance {@code vdb} */
    public record DiskOf(UUID poolId, UUID volumeId, String target) {}

    public record DiskXml(String xml) {}

    /** @param name the storage's own */
    public record UnmanagedVolume(String name, String format, long sizeBytes) {}

    public record UnmanagedVolumes(List<UnmanagedVolume> volumes) {
        public UnmanagedVolumes {
            volumes = List.copyOf(volumes);
        }
    }

    public record AdoptVolume(UUID poolId, String name, UUID volumeId) {}

    /**
     * One thing that a pool of a driver is told, and whether that is secret.
     *
     * @param changeable whether it can be told otherwise later
     * @param aboutChange when that takes effect, or why it is not possible and what to do instead; perhaps empty
     */
    public record SettingView(
            String name, boolean required, boolean secret, boolean changeable, String aboutChange, String description) {
        public SettingView {
            // Absent in what an earlier version says.
            aboutChange = Objects.requireNonNullElse(aboutChange, "");
        }
    }

    public record DriverView(String name, List<SettingView> settings) {
        public DriverView {
            settings = List.copyOf(settings);
        }
    }

    public record Drivers(List<DriverView> drivers) {
        public Drivers {
            drivers = List.copyOf(drivers);
        }
    }

    public record ResizeVolume(UUID poolId, UUID volumeId, long sizeBytes) {}

    public record Volumes(List<VolumeReport> volumes) {
        public Volumes {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * What a guest is set up by; hashes only, never a plain password.
     *
     * @param networkConfig empty for what has none
     * @param kind absent: for cloud-init
     */
    public record MakeSeed(
            UUID vmId,
            UUID poolId,
            String metaData,
            String userData,
            String networkConfig,
            @Nullable SeedKind kind) {
        /** For cloud-init's NoCloud source. */
        public MakeSeed(UUID vmId, UUID poolId, String metaData, String userData, String networkConfig) {
            this(vmId, poolId, metaData, userData, networkConfig, null);
        }
    }

    public record Seed(String path) {}

    /**
     * @param maxBytes the upload is cut off beyond this
     * @param offset how much came before, where the bytes come in parts; then {@code maxBytes} is what all of them have together,
     *     and what came is kept when a part is cut off
     */
    public record OpenUpload(
            UUID poolId,
            UUID imageId,
            long maxBytes,
            @Nullable Long offset) {
        /** All bytes at once. */
        public OpenUpload(UUID poolId, UUID imageId, long maxBytes) {
            this(poolId, imageId, maxBytes, null);
        }
    }

    /** @param bytes those that are on the disk */
    public record ArrivedBytes(long bytes) {}

    public record CopyImageFile(UUID poolId, UUID imageId, String path) {}

    /**
     * @param format what the user says it is: {@code qcow2}, {@code raw} or {@code iso}
     * @param sha256 what its checksum must be, hexadecimal; those after it the same
     */
    public record AdmitImage(
            UUID poolId,
            UUID imageId,
            String format,
            @Nullable String sha256,
            @Nullable String sha512,
            @Nullable String md5) {
        /** For whoever knows no other checksum. */
        public AdmitImage(UUID poolId, UUID imageId, String format, @Nullable String sha256) {
            this(poolId, imageId, format, sha256, null, null);
        }
    }

    public record ImageName(UUID poolId, UUID imageId) {}
}
