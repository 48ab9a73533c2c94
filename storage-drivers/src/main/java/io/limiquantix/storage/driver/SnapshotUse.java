package io.limiquantix.storage.driver;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshots of a volume take.
 *
 * @param bytes what each holds that none before it does; those are left out of which the storage does not tell
 * @param chainLength how many files the volume is read through, itself among them; absent where it is no such chain
 */
public record SnapshotUse(Map<UUID, Long> bytes, @Nullable Integer chainLength) {
    /** Of a storage that does not tell. */
    public static final SnapshotUse UNKNOWN = new SnapshotUse(Map.of(), null);

    public SnapshotUse {
        bytes = Map.copyOf(bytes);
    }
}
