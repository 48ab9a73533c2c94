package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes what takes several steps aside and gives it its name when it is whole. One host uses the group and one operation at a
 * time works on a name, so whatever is called otherwise when the pool opens belongs to nobody.
 */
final class Workbench {
    private final VolumeGroup group;

    Workbench(VolumeGroup group) {
        this.group = group;
    }

    /**
     * @param there what the group holds
     * @param target a name of ours that is not there
     * @param steps make the volume of the name that they are given
     */
    void make(List<LogicalVolume> there, String target, Consumer<String> steps) {
        String aside = aside(OwnName.MAKING, target);
        removeIfThere(there, aside);
        try {
            steps.accept(aside);
            group.rename(aside, target);
        } catch (StorageException e) {
            giveUp(aside, e);
            throw e;
        }
    }

    /** A disk that is silent is not asked a second time: what is left is removed by the next attempt. */
    private void giveUp(String aside, StorageException why) {
        if (why.reason() == StorageException.Reason.TIMEOUT) {
            return;
        }
        try {
            removeIfThere(group.volumes(), aside);
        } catch (StorageException later) {
            why.addSuppressed(later);
        }
    }

    /** Puts a snapshot's contents in the place of what the volume holds. */
    void replace(List<LogicalVolume> there, String target, String snapshot) {
        String ready = aside(OwnName.READY, target);
        String removed = aside(OwnName.REMOVED, target);
        removeIfThere(there, ready);
        removeIfThere(there, removed);
        group.cloneOf(snapshot, ready);
        group.rename(target, removed);
        group.rename(ready, target);
        group.remove(removed);
    }

    /** Ends what somebody left in the middle who was killed. */
    void sweep() {
        List<LogicalVolume> there = group.volumes();
        Set<String> names = there.stream().map(LogicalVolume::name).collect(Collectors.toSet());
        for (String name : names) {
            if (name.startsWith(OwnName.READY) && !names.contains(target(name))) {
                group.rename(name, target(name));
            } else if (isAside(name)) {
                group.remove(name);
            }
        }
    }

    static boolean isAside(String name) {
        return name.startsWith(OwnName.MAKING) || name.startsWith(OwnName.READY) || name.startsWith(OwnName.REMOVED);
    }

    private void removeIfThere(List<LogicalVolume> there, String name) {
        if (there.stream().anyMatch(each -> each.name().equals(name))) {
            group.remove(name);
        }
    }

    private static String aside(String prefix, String target) {
        return prefix + target.substring(OwnName.PREFIX.length());
    }

    private static String target(String ready) {
        return OwnName.PREFIX + ready.substring(OwnName.READY.length());
    }
}
