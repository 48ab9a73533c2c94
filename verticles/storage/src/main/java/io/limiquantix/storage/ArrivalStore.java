package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes on their way to other hosts, and what they leave behind. */
final class ArrivalStore {
    private static final int SHORT_ID = 8;

    /** @param path on the host to which it goes; absent until it is made there */
    record Arrival(
            UUID volumeId,
            UUID hostId,
            UUID migrationId,
            @Nullable String path) {}

    /** What a host has of a volume that is elsewhere. */
    record Leftover(UUID volumeId, UUID hostId, UUID poolId) {}

    Optional<Arrival> find(Transaction tx, UUID volumeId) {
        return tx.queryOne(
                "select * from storage.arrivals where volume_id = $1",
                row -> new Arrival(
                        row.uuid("volume_id"), row.uuid("host_id"), row.uuid("migration_id"), row.textOrNull("path")),
                volumeId);
    }

    /** Refuses what would change a volume while its bytes are sent. */
    void requireNone(Transaction tx, VolumeView volume) {
        if (find(tx, volume.id()).isPresent()) {
            throw FailureException.conflict("The volume " + volume.name()
                    + " is on its way to another host with its virtual machine; wait until that has ended.");
        }
    }

    void add(Transaction tx, Arrival arrival) {
        tx.update(
                "insert into storage.arrivals (volume_id, host_id, migration_id) values ($1, $2, $3)",
                arrival.volumeId(),
                arrival.hostId(),
                arrival.migrationId());
    }

    void made(Transaction tx, UUID volumeId, String path) {
        tx.update("update storage.arrivals set path = $2 where volume_id = $1", volumeId, path);
    }

    void remove(Transaction tx, UUID volumeId) {
        tx.update("delete from storage.arrivals where volume_id = $1", volumeId);
    }

    /** The volume is at the other host from now on; a name that is taken there is made another one. */
    void moved(Transaction tx, VolumeView volume, Arrival arrival, boolean nameTaken) {
        String id = volume.id().toString();
        String name = nameTaken ? volume.name() + "-" + id.substring(id.length() - SHORT_ID) : volume.name();
        tx.update(
                "update storage.volumes set host_id = $2, path = $3, name = $4, version = version + 1 where id = $1",
                volume.id(),
                arrival.hostId(),
                arrival.path(),
                name);
        tx.changed(VolumeStore.KIND, volume.id(), Change.CHANGED);
    }

    void leave(Transaction tx, Leftover leftover) {
        tx.update(
                "insert into storage.leftovers (volume_id, host_id, pool_id) values ($1, $2, $3) on conflict do nothing",
                leftover.volumeId(),
                leftover.hostId(),
                leftover.poolId());
    }

    List<Leftover> leftoversOn(Transaction tx, UUID hostId) {
        return tx.query(
                "select * from storage.leftovers where host_id = $1 order by volume_id",
                row -> new Leftover(row.uuid("volume_id"), row.uuid("host_id"), row.uuid("pool_id")),
                hostId);
    }

    /** Whether it is still to be deleted; nobody else deletes it, or makes such a volume there, until the transaction ends. */
    boolean lock(Transaction tx, Leftover leftover) {
        return tx.queryOne(
                        "select volume_id from storage.leftovers l where volume_id = $1 and host_id = $2 and pool_id = $3"
                                + " and not exists (select from storage.volumes v where v.id = $1 and v.pool_id = $3"
                                + " and (v.host_id = $2 or v.host_id is null))"
                                + " and not exists (select from storage.arrivals a where a.volume_id = $1 and a.host_id = $2)"
                                + " and not exists (select from storage.disk_moves m where m.volume_id = $1 and m.pool_id = $3)"
                                + " for update of l",
                        row -> row.uuid("volume_id"),
                        leftover.volumeId(),
                        leftover.hostId(),
                        leftover.poolId())
                .isPresent();
    }

    /** Whether the host may have a volume that is elsewhere: on its way there, or left there. */
    boolean mayHave(Transaction tx, UUID volumeId, UUID hostId) {
        return tx.queryOne(
                        "select exists (select from storage.leftovers where volume_id = $1 and host_id = $2)"
                                + " or exists (select from storage.arrivals where volume_id = $1 and host_id = $2) as may",
                        row -> row.flag("may"),
                        volumeId,
                        hostId)
                .orElseThrow();
    }

    /** Waits for whoever deletes it now. */
    void forget(Transaction tx, Leftover leftover) {
        tx.update(
                "delete from storage.leftovers where volume_id = $1 and host_id = $2 and pool_id = $3",
                leftover.volumeId(),
                leftover.hostId(),
                leftover.poolId());
    }
}
