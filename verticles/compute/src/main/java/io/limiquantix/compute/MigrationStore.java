package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Migrations in the database. */
final class MigrationStore {
    /** How far one is. */
    enum Phase {
        /** The source was not asked to send the VM: it is there. */
        BRINGING,
        /** The VM may be at either. */
        MOVING,
        /** The VM is at the source, and nothing of it at the target. */
        STAYED,
        /** The source has the VM no more. */
        ARRIVED
    }

    record Migration(UUID migrationId, Phase phase, MigrationPlan plan) {
        private static Migration of(Row row) {
            return new Migration(
                    row.uuid("migration_id"),
                    row.constant("phase", Phase.class),
                    row.json("input", MigrationPlan.class));
        }
    }

    /** The same one again changes nothing; refused while another one of the VM is not over. */
    void begin(Transaction tx, UUID taskId, MigrationPlan plan) {
        tx.update(
                "insert into compute.migrations (vm_id, task_id, migration_id, source, target, phase, input)"
                        + " values ($1, $2, $3, $4, $5, $6, $7) on conflict (vm_id) do nothing",
                plan.vmId(),
                taskId,
                plan.migrationId(),
                plan.source(),
                plan.target(),
                Phase.BRINGING,
                Json.of(plan));
        if (find(tx, plan.vmId())
                .filter(found -> found.migrationId().equals(plan.migrationId()))
                .isEmpty()) {
            throw notOver();
        }
    }

    private static FailureException notOver() {
        return FailureException.conflict(
                "It is not known yet how an earlier move of this virtual machine to another host"
                        + " ended, as a host did not answer. That is found out as soon as both hosts do.");
    }

    Optional<Migration> find(Transaction tx, UUID vmId) {
        return tx.queryOne("select * from compute.migrations where vm_id = $1", Migration::of, vmId);
    }

    boolean isUnderWay(Transaction tx, UUID vmId) {
        return find(tx, vmId).isPresent();
    }

    /** Refuses whatever else is to be done with a VM while nobody knows where it is. */
    void requireNone(Transaction tx, UUID vmId) {
        if (isUnderWay(tx, vmId)) {
            throw notOver();
        }
    }

    /** @throws FailureException {@code CONFLICT} when somebody has ended it */
    void moving(Transaction tx, MigrationPlan plan) {
        enter(tx, plan, Phase.BRINGING, Phase.MOVING);
        boolean moving = find(tx, plan.vmId())
                .filter(found -> found.migrationId().equals(plan.migrationId()) && found.phase() == Phase.MOVING)
                .isPresent();
        if (!moving) {
            throw FailureException.conflict("This move to another host is over already.");
        }
    }

    /** From now on it is only found out where the VM is. */
    void sent(Transaction tx, MigrationPlan plan) {
        tx.update(
                "update compute.migrations set sent_at = coalesce(sent_at, now()) where vm_id = $1 and migration_id = $2",
                plan.vmId(),
                plan.migrationId());
    }

    /** The source has it, and nobody else. */
    void stayed(Transaction tx, MigrationPlan plan) {
        enter(tx, plan, Phase.MOVING, Phase.STAYED);
    }

    /** The source has it no more: the target is the VM's host from now on, whose reports count from the first. */
    void arrived(Transaction tx, MigrationPlan plan) {
        if (enter(tx, plan, Phase.MOVING, Phase.ARRIVED)) {
            tx.update(
                    "update compute.vms set host_id = $2, seen_process = 0, seen_sequence = 0, changed_at = now()"
                            + " where id = $1",
                    plan.vmId(),
                    plan.target());
            tx.changed("vm", plan.vmId(), Change.CHANGED);
        }
    }

    private static boolean enter(Transaction tx, MigrationPlan plan, Phase from, Phase to) {
        return tx.update(
                        "update compute.migrations set phase = $3 where vm_id = $1 and migration_id = $2 and phase = $4",
                        plan.vmId(),
                        plan.migrationId(),
                        to,
                        from)
                == 1;
    }

    /** Nothing is left of it. One of which nobody knows where the VM is stays. */
    void end(Transaction tx, MigrationPlan plan) {
        tx.update(
                "delete from compute.migrations where vm_id = $1 and migration_id = $2 and phase <> 'MOVING'",
                plan.vmId(),
                plan.migrationId());
    }

    /** The target is to give it up, once it answers. */
    void owe(Transaction tx, MigrationPlan plan) {
        tx.update(
                "insert into compute.unwanted_arrivals (migration_id, vm_id, host_id) values ($1, $2, $3)"
                        + " on conflict do nothing",
                plan.migrationId(),
                plan.vmId(),
                plan.target());
    }

    List<Arrival> owedBy(Transaction tx, UUID hostId) {
        return tx.query(
                "select * from compute.unwanted_arrivals where host_id = $1 order by migration_id",
                row -> new Arrival(row.uuid("migration_id"), row.uuid("vm_id")),
                hostId);
    }

    void forgotten(Transaction tx, Arrival arrival) {
        tx.update("delete from compute.unwanted_arrivals where migration_id = $1", arrival.migrationId());
    }

    List<Migration> all(Transaction tx) {
        return tx.query("select * from compute.migrations order by begun_at, vm_id", Migration::of);
    }
}
