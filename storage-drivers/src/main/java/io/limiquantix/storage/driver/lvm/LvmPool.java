package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.staging.ImageStaging;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A volume group on one disk as a pool. Calls wait as long as the disk does, so somebody has to guard them. */
public final class LvmPool {
    private final LvmCommands commands;
    private final GroupClaim claim;
    private final VolumeGroup group;
    private final ThinPool thinPool;
    private final Workbench workbench;
    private final ImageStaging staging;
    private final LvmVolumes volumes;
    private final LvmSnapshots snapshots;
    private final LvmImages images;
    private final LvmSeeds seeds;

    private LvmPool(LvmCommands commands, GroupClaim claim, VolumeGroup group, Tool tool, ImageStaging staging) {
        this.commands = commands;
        this.claim = claim;
        this.group = group;
        this.thinPool = new ThinPool(commands, group);
        this.workbench = new Workbench(group);
        this.staging = staging;
        QemuImg qemuImg = new QemuImg(tool);
        IdLocks locks = new IdLocks();
        this.images = new LvmImages(group, workbench, staging, qemuImg);
        this.volumes = new LvmVolumes(group, workbench, new VolumeMaking(group, workbench, tool), locks);
        this.snapshots = new LvmSnapshots(group, workbench, locks);
        this.seeds = new LvmSeeds(group, workbench, qemuImg);
    }

    /**
     * @param folder the pool's own on this host, where it keeps what this host is called among those that use such groups
     * @throws StorageException as {@link io.limiquantix.storage.driver.StorageDriver#open}
     */
    public static LvmPool open(
            UUID poolId, GroupChoice choice, Path folder, Disk disk, Tool tool, ImageStaging staging) {
        LvmCommands commands = new LvmCommands(tool, "limiquantix-" + Maker.of(folder), disk::device);
        GroupClaim claim = new GroupClaim(commands, new DiskLabel(commands, tool, disk, folder), poolId, choice);
        LvmPool pool = new LvmPool(commands, claim, claim.take(), tool, staging);
        try {
            List<LogicalVolume> there = pool.group.volumes();
            pool.thinPool.ensure(there);
            commands.change("vgchange", "-ay", pool.group.name());
            pool.workbench.sweep(there);
            return pool;
        } catch (StorageException e) {
            pool.giveUpAfter(e, claim.isNew());
            throw e;
        }
    }

    /** A group that was made for nothing would keep the disk from every later attempt. */
    private void giveUpAfter(StorageException why, boolean isNew) {
        try {
            if (isNew) {
                putDown();
                claim.remove();
            } else {
                rest();
            }
        } catch (StorageException later) {
            why.addSuppressed(later);
        }
    }

    public StorageCapabilities capabilities() {
        return new StorageCapabilities(
                false, true, true, Set.of(VolumeFormat.RAW), Set.of(VolumeFormat.RAW), group.extentBytes());
    }

    /** @throws StorageException {@code TIMEOUT} when the disk does not answer in this time */
    public Capacity capacity(Duration patience) {
        return thinPool.capacity(patience);
    }

    public Volumes volumes() {
        return volumes;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Images images() {
        return images;
    }

    public Seeds seeds() {
        return seeds;
    }

    /**
     * Goes on with a disk that came back, perhaps as another device: starts all anew, which also checks the thin pool's
     * metadata; where something is in use, that is only pointed to the disk.
     */
    public void revive() {
        if (!putDown()) {
            commands.change("vgchange", "--refresh", group.name());
        }
        commands.change("vgchange", "-ay", group.name());
    }

    /**
     * Lets another host have the group, unless something of it is in use.
     *
     * @return whether nothing of it is active here any more
     */
    public boolean rest() {
        if (!putDown()) {
            return false;
        }
        claim.giveUp();
        return true;
    }

    /** Whether nothing was in use. */
    private boolean putDown() {
        try {
            commands.change("vgchange", "-an", group.name());
            return true;
        } catch (StorageException e) {
            if (e.reason() == Reason.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Removes the group, or the marks in one that was there before. To be called again where it failed.
     *
     * @throws StorageException {@code CONFLICT} while it holds anything
     */
    public void release() {
        if (claim.isThere()) {
            List<LogicalVolume> there = group.volumes();
            refuseWhileUsed(there);
            workbench.removeUnfinished(there);
            commands.change("vgchange", "-an", group.name());
            thinPool.release(there);
            claim.remove();
        } else {
            claim.endRemoval();
        }
        try {
            staging.remove();
        } catch (IOException e) {
            throw StorageException.of("The host's folder of arriving images cannot be removed", e);
        }
    }

    private void refuseWhileUsed(List<LogicalVolume> there) {
        boolean holds = there.stream().anyMatch(each -> OwnName.of(each.name()).isPresent());
        if (holds || !Workbench.unfinishedTargets(there).isEmpty()) {
            throw StorageException.conflict("The pool in " + group.name() + " still holds volumes, images or seeds.");
        }
        List<String> others = there.stream()
                .filter(each -> each.pool().equals(group.thinPool()) && !Workbench.isAside(each.name()))
                .map(LogicalVolume::name)
                .toList();
        if (!others.isEmpty()) {
            throw StorageException.conflict("In the pool's thin pool there are volumes that others made: "
                    + String.join(", ", others) + ". Adopt and delete them, or move them away first.");
        }
        refuseWhileArriving();
    }

    private void refuseWhileArriving() {
        try {
            if (staging.isAnyArriving()) {
                throw StorageException.conflict(
                        "An image is arriving in the pool in " + group.name() + "; wait for it, or delete it first.");
            }
        } catch (IOException e) {
            throw StorageException.of("The host's folder of arriving images cannot be read", e);
        }
    }
}
