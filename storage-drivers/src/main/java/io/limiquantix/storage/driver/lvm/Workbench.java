package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        group.remove(present(there, aside));
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
            group.remove(present(group.volumes(), aside));
        } catch (StorageException later) {
            why.addSuppressed(later);
        }
    }

    /** Puts a snapshot's contents in the place of what the volume holds. Where that fails, {@link #look} says what there is. */
    void replace(List<LogicalVolume> there, String target, String snapshot) {
        String ready = aside(OwnName.READY, target);
        String removed = aside(OwnName.REMOVED, target);
        group.remove(present(there, ready, removed));
        group.cloneOf(snapshot, ready);
        group.rename(target, removed);
        group.rename(ready, target);
        group.remove(List.of(removed));
    }

    /**
     * What the group holds, after ending what failed in the middle of replacing the targets.
     *
     * @param targets names of ours on which nobody else works meanwhile
     */
    List<LogicalVolume> look(String... targets) {
        List<LogicalVolume> there = group.volumes();
        Set<String> unfinished = unfinishedTargets(there);
        List<String> failed =
                Stream.of(targets).distinct().filter(unfinished::contains).toList();
        failed.forEach(this::finish);
        return failed.isEmpty() ? there : group.volumes();
    }

    private void finish(String target) {
        group.rename(aside(OwnName.READY, target), target);
    }

    /** Names that what was to be theirs does not have yet, though it is whole and the earlier one has gone. */
    static Set<String> unfinishedTargets(List<LogicalVolume> there) {
        Set<String> names = there.stream().map(LogicalVolume::name).collect(Collectors.toSet());
        return names.stream()
                .filter(name -> name.startsWith(OwnName.READY))
                .map(Workbench::target)
                .filter(target -> OwnName.of(target).isPresent() && !names.contains(target))
                .collect(Collectors.toSet());
    }

    /** Removes what is called so, and all that was left when it was made or replaced; success when there is nothing. */
    void remove(List<LogicalVolume> there, String target) {
        group.remove(present(
                there,
                target,
                aside(OwnName.MAKING, target),
                aside(OwnName.REMOVED, target),
                aside(OwnName.READY, target)));
    }

    /** Ends what somebody left in the middle who was killed; {@code there} is what the group held before anybody used it. */
    void sweep(List<LogicalVolume> there) {
        Set<String> finished = unfinishedTargets(there);
        finished.forEach(this::finish);
        removeUnfinished(there.stream()
                .filter(each -> !each.name().startsWith(OwnName.READY) || !finished.contains(target(each.name())))
                .toList());
        group.deactivate(there.stream()
                .filter(Workbench::isReadForNobody)
                .map(LogicalVolume::name)
                .toList());
    }

    /** Removes all that is half made or half removed. */
    void removeUnfinished(List<LogicalVolume> there) {
        group.remove(there.stream()
                .map(LogicalVolume::name)
                .filter(Workbench::isAside)
                .toList());
    }

    /** Snapshots are active only while somebody reads them. */
    private static boolean isReadForNobody(LogicalVolume volume) {
        return OwnName.id(Kind.SNAPSHOT, volume.name()).isPresent() && volume.active() && !volume.open();
    }

    static boolean isAside(String name) {
        return name.startsWith(OwnName.MAKING) || name.startsWith(OwnName.READY) || name.startsWith(OwnName.REMOVED);
    }

    private static List<String> present(List<LogicalVolume> there, String... names) {
        return there.stream()
                .map(LogicalVolume::name)
                .filter(Set.of(names)::contains)
                .toList();
    }

    private static String aside(String prefix, String target) {
        return prefix + target.substring(OwnName.PREFIX.length());
    }

    private static String target(String ready) {
        return OwnName.PREFIX + ready.substring(OwnName.READY.length());
    }
}
