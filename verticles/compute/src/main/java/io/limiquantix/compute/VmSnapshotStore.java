package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.compute.VmSnapshotView.State;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.compute.snapshots.FoundSnapshot;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Snapshots of VMs in the database. A change of one is a change of its VM. */
final class VmSnapshotStore {
    private static final String NAME_INDEX = "snapshots_by_name";
    private static final String FOUND =
            "Found on the disks. What it was called, and what the machine was then, is not known.";
    private static final String SELECT = "select s.*, array(select v.name from compute.clones c"
            + " join compute.vms v on v.id = c.clone_id where c.snapshot_id = s.id order by v.lower_name) as clones"
            + " from compute.snapshots s ";

    /** Stores one that is about to be made, after the VM's current one; the same id again changes nothing. */
    void add(Transaction tx, VmSnapshotView snapshot, KeptMachine machine) {
        refusingTakenNames(
                snapshot.name(),
                () -> tx.update(
                        "insert into compute.snapshots (id, vm_id, parent_id, name, description, state, disks, created_by,"
                                + " machine, for_clones)"
                                + " values ($1, $2, (select snapshot_id from compute.vms where id = $2), $3, $4, $5, $6, $7, $8, $9)"
                                + " on conflict (id) do nothing",
                        snapshot.id(),
                        snapshot.vmId(),
                        snapshot.name(),
                        snapshot.description(),
                        State.CREATING,
                        Json.array(snapshot.disks()),
                        snapshot.createdBy(),
                        Json.of(machine),
                        snapshot.forClones()));
        changed(tx, snapshot.vmId());
    }

    /** Stores one that the disks had already; the same id again changes nothing. */
    void found(Transaction tx, UUID vmId, FoundSnapshot found, String actor) {
        refusingTakenNames(
                found.name(),
                () -> tx.update(
                        "insert into compute.snapshots (id, vm_id, name, description, state, disks, created_by, created_at)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
                        found.id(),
                        vmId,
                        found.name(),
                        FOUND,
                        State.READY,
                        Json.array(found.disks()),
                        actor,
                        found.madeAt()));
        changed(tx, vmId);
    }

    void setParent(Transaction tx, UUID id, @Nullable UUID parentId) {
        tx.update("update compute.snapshots set parent_id = $2, version = version + 1 where id = $1", id, parentId);
    }

    private static void refusingTakenNames(String name, Runnable writing) {
        try {
            writing.run();
        } catch (DatabaseException e) {
            if (NAME_INDEX.equals(e.violatedUnique())) {
                throw new FailureException(
                        new Failure(
                                FailureCode.CONFLICT,
                                "The virtual machine already has a snapshot called " + name + ".",
                                Map.of("field", "name")),
                        e);
            }
            throw e;
        }
    }

    Optional<VmSnapshotView> find(Transaction tx, UUID id) {
        return tx.queryOne(SELECT + "where id = $1", VmSnapshotStore::view, id);
    }

    /** @throws FailureException {@code NOT_FOUND} when the VM has no such snapshot */
    VmSnapshotView get(Transaction tx, UUID vmId, UUID id) {
        return find(tx, id)
                .filter(snapshot -> snapshot.vmId().equals(vmId))
                .orElseThrow(() -> FailureException.notFound("The virtual machine has no snapshot " + id + "."));
    }

    /** What the VM was at that moment; empty for snapshots of before that was noted. */
    Optional<KeptMachine> machine(Transaction tx, UUID id) {
        return tx.queryOne(
                "select machine from compute.snapshots where id = $1 and machine is not null",
                row -> row.json("machine", KeptMachine.class),
                id);
    }

    /** Oldest first. */
    List<VmSnapshotView> list(Transaction tx, UUID vmId) {
        return tx.query(SELECT + "where vm_id = $1 order by created_at, id", VmSnapshotStore::view, vmId);
    }

    /** Those that were made for clones, and that none needs. A template stays as it is, so it keeps its own for the next deployment. */
    List<VmSnapshotView> needless(Transaction tx) {
        return tx.query(
                SELECT + "where s.for_clones and s.state = 'READY'"
                        + " and not exists (select 1 from compute.clones c where c.snapshot_id = s.id)"
                        + " and not exists (select 1 from compute.vms t where t.id = s.vm_id and t.template_since <= s.created_at)"
                        + " order by s.id",
                VmSnapshotStore::view);
    }

    /** The names of those that cover the volume. */
    List<String> covering(Transaction tx, UUID vmId, UUID volumeId) {
        return tx.query(
                "select name from compute.snapshots where vm_id = $1"
                        + " and exists (select 1 from jsonb_array_elements(disks) disk where disk->>'volumeId' = $2)"
                        + " order by created_at, id",
                row -> row.text("name"),
                vmId,
                volumeId.toString());
    }

    /** It is made, and the VM goes on from it. */
    void made(
            Transaction tx,
            VmSnapshotView snapshot,
            List<Disk> disks,
            Stillness stillness,
            @Nullable Long memoryBytes) {
        tx.update(
                "update compute.snapshots set state = $2, disks = $3, stillness = $4, memory_bytes = $5,"
                        + " version = version + 1 where id = $1",
                snapshot.id(),
                State.READY,
                Json.array(disks),
                stillness,
                memoryBytes);
        setCurrent(tx, snapshot.vmId(), snapshot.id());
    }

    /** The one that the VM's disks go on from. */
    Optional<UUID> current(Transaction tx, UUID vmId) {
        return tx.queryOne(
                "select snapshot_id from compute.vms where id = $1 and snapshot_id is not null",
                row -> row.uuid("snapshot_id"),
                vmId);
    }

    void setCurrent(Transaction tx, UUID vmId, @Nullable UUID id) {
        tx.update("update compute.vms set snapshot_id = $2 where id = $1", vmId, id);
        changed(tx, vmId);
    }

    void describe(Transaction tx, VmSnapshotView snapshot, String name, String description) {
        refusingTakenNames(
                name,
                () -> tx.update(
                        "update compute.snapshots set name = $2, description = $3, version = version + 1 where id = $1",
                        snapshot.id(),
                        name,
                        description));
        changed(tx, snapshot.vmId());
    }

    void deleting(Transaction tx, VmSnapshotView snapshot) {
        tx.update(
                "update compute.snapshots set state = $2, version = version + 1 where id = $1",
                snapshot.id(),
                State.DELETING);
        changed(tx, snapshot.vmId());
    }

    /** What came of it comes of the one before it now. Success when there is none. */
    void remove(Transaction tx, UUID vmId, UUID id) {
        tx.update(
                "update compute.snapshots set parent_id = (select parent_id from compute.snapshots where id = $1),"
                        + " version = version + 1 where parent_id = $1",
                id);
        tx.update(
                "update compute.vms set snapshot_id = (select parent_id from compute.snapshots where id = $1)"
                        + " where snapshot_id = $1",
                id);
        tx.update("delete from compute.snapshots where id = $1", id);
        changed(tx, vmId);
    }

    private static void changed(Transaction tx, UUID vmId) {
        tx.update("update compute.vms set changed_at = now() where id = $1", vmId);
        tx.changed("vm", vmId, Change.CHANGED);
    }

    private static VmSnapshotView view(Row row) {
        return new VmSnapshotView(
                row.uuid("id"),
                row.uuid("vm_id"),
                row.uuidOrNull("parent_id"),
                row.text("name"),
                row.text("description"),
                row.constant("state", State.class),
                stillness(row.textOrNull("stillness")),
                List.of(row.json("disks", Disk[].class)),
                row.numberOrNull("memory_bytes"),
                row.text("created_by"),
                row.instant("created_at"),
                row.number("version"),
                row.flag("for_clones"),
                row.texts("clones"));
    }

    private static @Nullable Stillness stillness(@Nullable String stored) {
        return stored == null ? null : Stillness.valueOf(stored);
    }
}
