package io.limiquantix.storage.driver;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots a volume has, and what they take.
 *
 * @param there all of them; none for a volume that is not there
 * @param bytes what each holds that none before it does; those are left out of which the storage does not tell
 * @param chainLength how many files the volume is read through, itself among them; absent where it is no such chain
 */
public record SnapshotUse(
        Set<UUID> there, Map<UUID, Long> bytes, @Nullable Integer chainLength) {
    /** Without any. */
    public static final SnapshotUse NONE = new SnapshotUse(Set.of(), Map.of(), null);

    public SnapshotUse {
        there = Set.copyOf(there);
        bytes = Map.copyOf(bytes);
    }
}
