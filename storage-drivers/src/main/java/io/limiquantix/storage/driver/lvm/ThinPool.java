package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the blocks of all volumes come from; see lvmthin(7). */
final class ThinPool {
    private static final String MADE = "limiquantix.made";
    private static final double WHOLE = 100.0;

    private final LvmCommands commands;
    private final VolumeGroup group;

    ThinPool(LvmCommands commands, VolumeGroup group) {
        this.commands = commands;
        this.group = group;
    }

    /**
     * Makes it of all the space that is left in the group, unless it is there.
     *
     * @param volumes what the group holds
     */
    void ensure(List<LogicalVolume> volumes) {
        Optional<LogicalVolume> there = volumes.stream()
                .filter(each -> each.name().equals(group.thinPool()))
                .findFirst();
        if (there.isEmpty()) {
            make();
        } else if (isHalfMade(there.get())) {
            group.remove(List.of(group.thinPool()));
            make();
        } else if (!there.get().isPool()) {
            throw StorageException.invalid(
                    "settings." + GroupChoice.THIN_POOL,
                    "The logical volume " + group.thinPool() + " of the group " + group.name() + " is no thin pool.");
        } else if (!there.get().zeroing()) {
            // One that was made otherwise may hand out blocks with what somebody else wrote.
            commands.change("lvchange", "--yes", "--zero", "y", group.name() + "/" + group.thinPool());
        }
    }

    private void make() {
        commands.change(
                "lvcreate",
                "--yes",
                "--type",
                "thin-pool",
                "--zero",
                "y",
                "-l",
                "100%FREE",
                "--addtag",
                MADE,
                "-n",
                group.thinPool(),
                group.name());
    }

    /** lvcreate makes what becomes the metadata first, clears it, and makes a thin pool of it then. */
    private static boolean isHalfMade(LogicalVolume volume) {
        return !volume.isPool() && volume.tags().contains(MADE);
    }

    /** A thin pool without room for its metadata is as full as one without room for data. */
    Capacity capacity(Duration patience) {
        List<LogicalVolume> found =
                commands.report(patience, "lvs", LogicalVolume.FIELDS, group.name() + "/" + group.thinPool()).stream()
                        .map(LogicalVolume::of)
                        .toList();
        LogicalVolume pool = found.getFirst();
        refuseFailed(pool);
        double used = Math.max(pool.usedPercent(), pool.metadataPercent()) / WHOLE;
        return new Capacity(pool.sizeBytes(), pool.sizeBytes() - Math.round(pool.sizeBytes() * used));
    }

    /** A thin pool that could not write its metadata takes nothing more, and is not healed by a disk that is back. */
    private static void refuseFailed(LogicalVolume pool) {
        if (pool.health().equals("failed") || pool.health().startsWith("metadata")) {
            throw new StorageException(
                    StorageException.Reason.FAILED,
                    "The thin pool has failed, as its disk was away while it was written (" + pool.health()
                            + "). It is started anew as soon as no VM uses it: shut down the VMs whose disks lie in it.",
                    Map.of(),
                    new IllegalStateException(pool.health()));
        }
    }

    /**
     * Removes one that was made here; one that was there before stays.
     *
     * @param volumes what the group holds
     */
    void release(List<LogicalVolume> volumes) {
        group.remove(volumes.stream()
                .filter(each ->
                        each.name().equals(group.thinPool()) && each.tags().contains(MADE))
                .map(LogicalVolume::name)
                .toList());
    }
}
