package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A small image that says which pool of ours an RBD pool belongs to. */
final class PoolMarker {
    static final String NAME = OwnName.PREFIX + "pool";

    private static final String OWNER = "limiquantix.pool";
    private static final long BYTES = 4096;

    private final Rbd rbd;
    private final Workbench workbench;
    private final String rbdPool;
    private final UUID poolId;

    PoolMarker(Rbd rbd, Workbench workbench, String rbdPool, UUID poolId) {
        this.rbd = rbd;
        this.workbench = workbench;
        this.rbdPool = rbdPool;
        this.poolId = poolId;
    }

    /**
     * Makes the RBD pool this pool's, or finds that it is.
     *
     * @throws StorageException {@code CONFLICT} when it is another one's
     */
    void claim() {
        if (owner(CephCommands.USUAL).isEmpty()) {
            make();
        }
        refuseOtherOwner(owner(CephCommands.USUAL));
    }

    private void make() {
        try {
            workbench.make(NAME, aside -> {
                rbd.create(aside, BYTES, Preallocation.THIN);
                rbd.setText(aside, OWNER, poolId.toString());
            });
        } catch (StorageException e) {
            // Another host was faster, for this pool or for another one.
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
        }
    }

    /** @throws StorageException {@code CONFLICT} when the RBD pool is not this pool's, {@code TIMEOUT} */
    void check(Duration patience) {
        refuseOtherOwner(owner(patience));
    }

    private void refuseOtherOwner(Optional<String> owner) {
        if (!owner.equals(Optional.of(poolId.toString()))) {
            throw StorageException.conflict("The RBD pool " + rbdPool + " belongs to another pool, "
                    + owner.orElse("or to none any more: its image " + NAME + " was removed") + ".");
        }
    }

    private Optional<String> owner(Duration patience) {
        return rbd.text(NAME, OWNER, patience);
    }

    /** Leaves another pool's. */
    void remove() {
        if (owner(CephCommands.USUAL).equals(Optional.of(poolId.toString()))) {
            workbench.remove(NAME);
        }
    }
}
