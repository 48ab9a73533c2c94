package io.limiquantix.storage.driver.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of a volume's files is what, each by its name among the volumes. On what a file stands is written in its own header.
 *
 * @param current what the volume holds now
 * @param frozen what its snapshots hold, oldest first; files that are needed and have no snapshot any more are left out
 * @param prepared an overlay that a running domain is about to go over to
 * @param merging two files that are being made one
 */
record Chain(
        String current,
        List<Frozen> frozen,
        @Nullable Prepared prepared,
        @Nullable Merging merging) {
    Chain {
        frozen = List.copyOf(frozen);
    }

    /** What a snapshot holds, and the size that the volume had. */
    record Frozen(UUID snapshotId, String file, long sizeBytes) {}

    /** The empty file over the current one. */
    record Prepared(UUID snapshotId, String file) {}

    /** @param live whether a domain does it */
    record Merging(String top, String base, boolean live) {}

    /** A volume of one file. */
    static Chain of(String file) {
        return new Chain(file, List.of(), null, null);
    }

    Optional<Frozen> find(UUID snapshotId) {
        return frozen.stream().filter(f -> f.snapshotId().equals(snapshotId)).findFirst();
    }

    boolean isNamed(String file) {
        return file.equals(current) || frozen.stream().anyMatch(f -> f.file().equals(file));
    }

    /** Whether only what a domain says can tell which file is the current one. */
    boolean isUnsettled() {
        return prepared != null
                || (merging != null && merging.live() && merging.top().equals(current));
    }

    /** The current file becomes the snapshot, and the overlay is the current one. */
    Chain froze(UUID snapshotId, long sizeBytes, String overlay) {
        List<Frozen> all = new ArrayList<>(frozen);
        all.add(new Frozen(snapshotId, current, sizeBytes));
        return new Chain(overlay, all, null, merging);
    }

    Chain on(String file) {
        return new Chain(file, frozen, null, merging);
    }

    Chain with(@Nullable Prepared overlay) {
        return new Chain(current, frozen, overlay, merging);
    }

    Chain with(@Nullable Merging files) {
        return new Chain(current, frozen, prepared, files);
    }

    Chain without(UUID snapshotId) {
        return new Chain(
                current,
                frozen.stream().filter(f -> !f.snapshotId().equals(snapshotId)).toList(),
                prepared,
                merging);
    }

    /** Whatever was in the top is in the base. */
    Chain merged(String top, String base) {
        return new Chain(
                current.equals(top) ? base : current,
                frozen.stream()
                        .map(f -> f.file().equals(top) ? new Frozen(f.snapshotId(), base, f.sizeBytes()) : f)
                        .toList(),
                prepared,
                null);
    }
}
