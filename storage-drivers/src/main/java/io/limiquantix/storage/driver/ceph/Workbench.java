package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.ceph.UnfinishedName.Doing;
import java.util.function.Consumer;

/**
 * Makes images aside and gives them their names when they are whole, and removes them the same way back: under its own name an
 * image is whole or not there.
 */
final class Workbench {
    private final Rbd rbd;
    private final Renaming renaming;
    private final Leftovers leftovers;

    Workbench(Rbd rbd, Renaming renaming, Leftovers leftovers) {
        this.rbd = rbd;
        this.renaming = renaming;
        this.leftovers = leftovers;
    }

    /**
     * @param steps make the image of the name that they are given
     * @throws StorageException {@code CONFLICT} when there is one of the target's name
     */
    void make(String target, Consumer<String> steps) {
        leftovers.settle();
        String aside = leftovers.begin(Doing.MAKING, target);
        try {
            steps.accept(aside);
            renaming.rename(aside, target);
            leftovers.done(aside);
        } catch (StorageException e) {
            leftovers.giveUp(aside, e);
            throw e;
        }
    }

    /** As {@link #make}, in place of an earlier image, which is missing for a moment. */
    void replace(String target, Consumer<String> steps) {
        make(target, aside -> {
            steps.accept(aside);
            remove(target);
        });
    }

    /**
     * Removes the image with its snapshots; success when there is none.
     *
     * @throws StorageException {@code CONFLICT} while it is in use or has clones; then it stays
     */
    void remove(String target) {
        leftovers.settle();
        if (rbd.find(target).isEmpty()) {
            // Of a removal that was cut off, the name may be left.
            rbd.remove(target);
            return;
        }
        String aside = leftovers.begin(Doing.REMOVING, target);
        try {
            renaming.rename(target, aside);
            discard(aside, target);
            leftovers.done(aside);
        } catch (StorageException e) {
            if (e.reason() == Reason.CONFLICT) {
                leftovers.done(aside);
            } else {
                leftovers.giveUp(aside, e);
            }
            throw e;
        }
    }

    private void discard(String aside, String target) {
        try {
            leftovers.discard(aside);
        } catch (StorageException e) {
            if (e.reason() == Reason.CONFLICT) {
                renaming.rename(aside, target);
            }
            throw e;
        }
    }
}
