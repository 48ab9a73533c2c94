package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.util.Optional;

/**
 * Gives an image another name, also when somebody was killed or cut off in the middle of just that. librbd writes the new name,
 * then the list of all names, then removes the old name; in between the image has two.
 */
final class Renaming {
    private final Rbd rbd;

    Renaming(Rbd rbd) {
        this.rbd = rbd;
    }

    /** @throws StorageException {@code CONFLICT} when the new name is another image's, {@code NOT_FOUND} */
    void rename(String from, String to) {
        try {
            rbd.rename(from, to);
        } catch (StorageException e) {
            if (e.reason() != Reason.CONFLICT || !finished(from, to)) {
                throw e;
            }
        }
    }

    private boolean finished(String from, String to) {
        boolean listed = rbd.names().contains(to);
        Optional<RbdImage> there = rbd.find(to);
        if (listed && there.isPresent()) {
            if (!sameImage(from, to)) {
                return false;
            }
            rbd.forgetName(from);
            return true;
        }
        if (listed) {
            // What is left of an image whose removal was cut off.
            rbd.remove(to);
        } else {
            rbd.forgetName(to);
        }
        rbd.rename(from, to);
        return true;
    }

    /** Whether both are names of one image. */
    boolean sameImage(String one, String other) {
        Optional<String> id = rbd.find(one).map(RbdImage::id);
        return id.isPresent() && id.equals(rbd.find(other).map(RbdImage::id));
    }
}
