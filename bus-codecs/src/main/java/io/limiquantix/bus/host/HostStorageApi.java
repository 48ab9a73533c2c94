package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
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

    /** Forgets the pool on this host; refused while it holds volumes or images. */
    public static final HostAddress<PoolName, Nothing> CLOSE_POOL =
            HostAddress.changing("host.storage.close-pool", PoolName.class, Nothing.class);

    public static final HostAddress<CreateVolume, VolumeReport> CREATE_VOLUME =
            HostAddress.changing("host.storage.create-volume", CreateVolume.class, VolumeReport.class);

    /** Deletes the volume; success when it is not there. */
    public static final HostAddress<VolumeName, Nothing> DELETE_VOLUME =
            HostAddress.changing("host.storage.delete-volume", VolumeName.class, Nothing.class);

    /** Grows the volume, also under a running domain; shrinking is refused. */
    public static final HostAddress<ResizeVolume, VolumeReport> RESIZE_VOLUME =
            HostAddress.changing("host.storage.resize-volume", ResizeVolume.class, VolumeReport.class);

    public static final HostAddress<PoolName, Volumes> LIST_VOLUMES =
            HostAddress.reading("host.storage.list-volumes", PoolName.class, Volumes.class);

    /** Writes the NoCloud seed of a VM; the same VM asked again gets the new contents. */
    public static final HostAddress<MakeSeed, Seed> MAKE_SEED =
            HostAddress.changing("host.storage.make-seed", MakeSeed.class, Seed.class);

    /** Deletes the VM's seed; success when there is none, {@code UNAVAILABLE} while a pool that may hold it is not open. */
    public static final HostAddress<DomainApi.Domain, Nothing> DELETE_SEED =
            HostAddress.changing("host.storage.delete-seed", DomainApi.Domain.class, Nothing.class);

    /** Opens the stream endpoint for one upload of an image's bytes into the pool. */
    public static final HostAddress<OpenUpload, StreamTicket> OPEN_UPLOAD =
            HostAddress.changing("host.storage.open-upload", OpenUpload.class, StreamTicket.class);

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
     * @param driver {@code local}; further drivers are found by the host
     * @param settings the driver's own, for {@code local}: {@code path}
     * @param secrets those of its settings that are secret
     */
    public record OpenPool(UUID poolId, String driver, Map<String, String> settings, Map<String, Secret> secrets) {
        public OpenPool {
            settings = Map.copyOf(settings);
            // Absent in what an earlier version wrote.
            secrets = Objects.requireNonNullElse(secrets, Map.of());
            secrets = Map.copyOf(secrets);
        }
    }

    public record PoolName(UUID poolId) {}

    public record VolumeName(UUID poolId, UUID volumeId) {}

    /**
     * @param format {@code qcow2} or {@code raw}
     * @param sizeBytes what the guest sees; at least the image's virtual size
     * @param imageId the image in the same pool to begin with, absent for an empty volume
     */
    public record CreateVolume(
            UUID poolId,
            UUID volumeId,
            String format,
            long sizeBytes,
            @Nullable UUID imageId) {}

    public record ResizeVolume(UUID poolId, UUID volumeId, long sizeBytes) {}

    public record Volumes(List<VolumeReport> volumes) {
        public Volumes {
            volumes = List.copyOf(volumes);
        }
    }

    /** The three documents of a NoCloud seed; hashes only, never a plain password. */
    public record MakeSeed(UUID vmId, UUID poolId, String metaData, String userData, String networkConfig) {}

    public record Seed(String path) {}

    /**
     * @param maxBytes the upload is cut off beyond this
     */
    public record OpenUpload(UUID poolId, UUID imageId, long maxBytes) {}

    public record CopyImageFile(UUID poolId, UUID imageId, String path) {}

    /**
     * @param format what the user says it is: {@code qcow2}, {@code raw} or {@code iso}
     * @param sha256 what the user says its checksum is, hexadecimal
     */
    public record AdmitImage(
            UUID poolId,
            UUID imageId,
            String format,
            @Nullable String sha256) {}

    public record ImageName(UUID poolId, UUID imageId) {}
}
