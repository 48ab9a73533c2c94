package io.limiquantix.bus.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
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

    /** Refused while the pool holds volumes or images. */
    public static final ServiceAddress<Pool, Nothing> DELETE_POOL =
            ServiceAddress.changing("storage.delete-pool", Pool.class, Nothing.class);

    /** Makes a volume for a task: stores it, has the host make it, answers when the host confirmed. */
    public static final ServiceAddress<ProvisionVolume, VolumeView> PROVISION_VOLUME =
            ServiceAddress.changing("storage.provision-volume", ProvisionVolume.class, VolumeView.class);

    /** Deletes a volume for a task, answers when the host confirmed; success when there is none. */
    public static final ServiceAddress<Volume, Nothing> DISCARD_VOLUME =
            ServiceAddress.changing("storage.discard-volume", Volume.class, Nothing.class);

    /** Leaves the volume in its pool but takes it from its VM. */
    public static final ServiceAddress<Volume, Nothing> ORPHAN_VOLUME =
            ServiceAddress.changing("storage.orphan-volume", Volume.class, Nothing.class);

    public static final ServiceAddress<CreateVolume, TaskRef> CREATE_VOLUME =
            ServiceAddress.changing("storage.create-volume", CreateVolume.class, TaskRef.class);
    public static final ServiceAddress<ListVolumes, Volumes> LIST_VOLUMES =
            ServiceAddress.reading("storage.list-volumes", ListVolumes.class, Volumes.class);
    public static final ServiceAddress<Volume, VolumeView> GET_VOLUME =
            ServiceAddress.reading("storage.get-volume", Volume.class, VolumeView.class);
    public static final ServiceAddress<ResizeVolume, TaskRef> RESIZE_VOLUME =
            ServiceAddress.changing("storage.resize-volume", ResizeVolume.class, TaskRef.class);

    /** Refused while a VM has it. */
    public static final ServiceAddress<Volume, TaskRef> DELETE_VOLUME =
            ServiceAddress.changing("storage.delete-volume", Volume.class, TaskRef.class);

    /** How many volumes began as this image. */
    public static final ServiceAddress<Image, Uses> COUNT_USES =
            ServiceAddress.reading("storage.count-uses", Image.class, Uses.class);

    private StorageApi() {}

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

    public record Pools(List<PoolView> items) {
        public Pools {
            items = List.copyOf(items);
        }
    }

    public record ProvisionVolume(
            UUID volumeId,
            UUID poolId,
            UUID hostId,
            String name,
            long sizeBytes,
            @Nullable UUID imageId,
            @Nullable UUID vmId) {}

    public record Volume(UUID volumeId) {}

    public record CreateVolume(
            UUID poolId,
            @Nullable UUID hostId,
            String name,
            long sizeBytes,
            @Nullable UUID imageId) {}

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
