package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which snapshots volumes have and what they take on the storage, as a host reads it. */
public final class SnapshotUseApi {
    /** Volumes of which the host can say nothing now are left out. */
    public static final HostAddress<Volumes, Uses> LOOK =
            HostAddress.reading("host.storage.look-at-snapshot-use", Volumes.class, Uses.class);

    private SnapshotUseApi() {}

    public record Volumes(List<HostStorageApi.VolumeName> volumes) {
        public Volumes {
            volumes = List.copyOf(volumes);
        }
    }

    public record Uses(List<Use> volumes) {
        public Uses {
            volumes = List.copyOf(volumes);
        }
    }

    /**
     * @param snapshots all that it has
     * @param chainLength how many files the volume is read through; absent where it is no chain of files
     */
    public record Use(
            UUID volumeId,
            List<OfSnapshot> snapshots,
            @Nullable Integer chainLength) {
        public Use {
            snapshots = List.copyOf(Objects.requireNonNullElse(snapshots, List.of()));
        }
    }

    /** @param bytes what it holds that none before it does; absent where the storage does not tell */
    public record OfSnapshot(UUID snapshotId, @Nullable Long bytes) {}
}
