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
    private static final Duration TRIAL = Duration.ofSeconds(15);

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

    /**
     * Whether this pool is found, and may be written to, by another access.
     *
     * @param by reaches the cluster so
     * @throws StorageException {@code INVALID} where it is another cluster
     */
    void tryOut(Rbd by, ClusterAddress address) {
        Optional<String> owner = by.text(NAME, OWNER, TRIAL);
        if (!owner.equals(Optional.of(poolId.toString()))) {
            throw StorageException.invalid(
                    "settings." + ClusterAddress.MONITORS,
                    "The monitors " + MonitorList.text(address.monitors())
                            + " are of a cluster in which the RBD pool " + rbdPool + " is not this pool; it belongs to "
                            + owner.orElse("none") + ". Name monitors of the cluster that holds this pool's data.");
        }
        by.setText(NAME, OWNER, poolId.toString());
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
