package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.IsoUses;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The VMs in the database. Whatever a client can see is noted as a change with it. */
final class VmStore {
    /** In which nothing is known of the inside of a guest. */
    private static final Set<PowerState> NO_RUN =
            EnumSet.of(PowerState.STOPPED, PowerState.CRASHED, PowerState.SUSPENDED);

    private static final String UNIQUE_NAME = "vms_name";

    /** Stores a VM that is about to be made; refused when its name is taken. */
    void add(Transaction tx, StoredVm vm) {
        try {
            tx.update(
                    "insert into compute.vms (id, name, spec, digest, phase, power_state, state_reason, disks, nics,"
                            + " cdroms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    vm.id(),
                    vm.name(),
                    Json.of(vm.spec()),
                    vm.digest(),
                    vm.phase(),
                    vm.powerState(),
                    vm.observed().stateReason(),
                    Json.array(vm.disks()),
                    Json.array(vm.nics()),
                    Json.array(vm.cdroms()));
        } catch (DatabaseException e) {
            throw refused(e, vm.name());
        }
        tx.changed("vm", vm.id(), Change.CREATED);
    }

    static RuntimeException refused(DatabaseException e, String name) {
        return UNIQUE_NAME.equals(e.violatedUnique())
                ? new FailureException(new Failure(
                        FailureCode.CONFLICT,
                        "A virtual machine called \"" + name + "\" exists already.",
                        Map.of("field", "name")))
                : e;
    }

    /** Those of the names that VMs have, in any case. */
    List<String> taken(Transaction tx, List<String> names) {
        return tx.query(
                "select name from compute.vms where lower_name = any(select lower(n) collate \"C\" from unnest($1::text[]) n)"
                        + " order by lower_name",
                row -> row.text("name"),
                (Object) names.toArray(String[]::new));
    }

    Optional<StoredVm> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.vms where id = $1", StoredVm::of, id);
    }

    StoredVm get(Transaction tx, UUID id) {
        return find(tx, id).orElseThrow(() -> missing(id));
    }

    /** As {@link #get}, and nobody else decides about the VM until the transaction ends. */
    StoredVm lock(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.vms where id = $1 for update", StoredVm::of, id)
                .orElseThrow(() -> missing(id));
    }

    /** What is known of the VMs of a host, kept as it is by others until the transaction ends. */
    List<Observed> lockOn(Transaction tx, UUID hostId) {
        return tx.query(
                "select * from compute.vms where host_id = $1 order by id for update", StoredVm::observed, hostId);
    }

    Optional<Observed> lockOn(Transaction tx, UUID hostId, UUID vmId) {
        return tx.queryOne(
                "select * from compute.vms where host_id = $1 and id = $2 for update",
                StoredVm::observed,
                hostId,
                vmId);
    }

    /** The VMs of a host that start with it, first to last. */
    List<StoredVm> startingWith(Transaction tx, UUID hostId) {
        return tx.query(
                "select * from compute.vms where host_id = $1 and phase = 'READY' and template_family is null"
                        + " and spec->'autostart'->>'order' is not null"
                        + " order by (spec->'autostart'->>'order')::int, lower(name) collate \"C\"",
                StoredVm::of,
                hostId);
    }

    /** Those of the ids that are no VM at all. */
    Set<UUID> strangers(Transaction tx, Collection<UUID> ids) {
        Set<UUID> strangers = new HashSet<>(ids);
        tx.query("select id from compute.vms where id = any($1)", row -> row.uuid("id"), (Object)
                        ids.toArray(UUID[]::new))
                .forEach(strangers::remove);
        return strangers;
    }

    private static FailureException missing(UUID id) {
        return FailureException.notFound("There is no virtual machine " + id + ".");
    }

    /** The names of those that have the image in a drive, the first 20 of them. */
    List<String> usesOf(Transaction tx, IsoUses wish) {
        return tx.query(
                "select name from compute.vms where ($3::uuid is null or host_id is null or host_id = $3)"
                        + " and exists (select 1 from jsonb_array_elements(cdroms) as drive"
                        + " where drive->>'imageId' = $1 and ($2::text is null or drive->>'poolId' = $2))"
                        + " order by lower_name limit 20",
                row -> row.text("name"),
                wish.imageId().toString(),
                wish.poolId() == null ? null : wish.poolId().toString(),
                wish.hostId());
    }

    void placeOn(Transaction tx, UUID id, UUID hostId) {
        change(tx, id, tx.update("update compute.vms set host_id = $2, changed_at = now() where id = $1", id, hostId));
    }

    void enter(Transaction tx, UUID id, Phase phase, @Nullable String problem) {
        change(
                tx,
                id,
                tx.update(
                        "update compute.vms set phase = $2, problem = $3, changed_at = now(), version = version + 1"
                                + " where id = $1",
                        id,
                        phase,
                        problem));
    }

    /** Success when the VM has it already. */
    void addDisk(Transaction tx, UUID id, Disk disk) {
        List<Disk> disks = new ArrayList<>(withoutDisk(lock(tx, id), disk.volumeId()));
        disks.add(disk);
        setDisks(tx, id, disks);
    }

    static List<Disk> withoutDisk(StoredVm vm, UUID volumeId) {
        return vm.disks().stream()
                .filter(disk -> !disk.volumeId().equals(volumeId))
                .toList();
    }

    static void setDisks(Transaction tx, UUID id, List<Disk> disks) {
        change(
                tx,
                id,
                tx.update(
                        "update compute.vms set disks = $2, changed_at = now(), version = version + 1 where id = $1",
                        id,
                        Json.array(disks)));
    }

    /** Adds the card, or changes the one of the same address. */
    void setNic(Transaction tx, UUID id, Nic nic) {
        List<Nic> nics = new ArrayList<>(lock(tx, id).nics());
        int there = nics.stream().map(Nic::mac).toList().indexOf(nic.mac());
        if (there < 0) {
            nics.add(nic);
        } else {
            nics.set(there, nic);
        }
        setNics(tx, id, nics);
    }

    /** Takes the card from the VM, and gives its address back. */
    void removeNic(Transaction tx, UUID id, String mac) {
        StoredVm vm = lock(tx, id);
        touchNetworks(tx, id);
        setNics(tx, id, vm.nics().stream().filter(nic -> !nic.mac().equals(mac)).toList());
        tx.update("delete from compute.macs where mac = $1 and vm_id = $2", mac, id);
    }

    /** How many cards are on them changes. */
    private static void touchNetworks(Transaction tx, UUID id) {
        tx.query(
                        "select distinct network_id from compute.network_uses join compute.macs using (mac)"
                                + " where vm_id = $1",
                        row -> row.uuid("network_id"),
                        id)
                .forEach(network -> tx.changed("network", network, Change.CHANGED));
    }

    private static void setNics(Transaction tx, UUID id, List<Nic> nics) {
        change(
                tx,
                id,
                tx.update(
                        "update compute.vms set nics = $2, changed_at = now(), version = version + 1 where id = $1",
                        id,
                        Json.array(nics)));
    }

    void remove(Transaction tx, UUID id) {
        touchNetworks(tx, id);
        if (tx.update("delete from compute.vms where id = $1", id) == 1) {
            tx.changed("vm", id, Change.DELETED);
        }
    }

    /** Notes a change of the VM that is not in its row, for instance that a task works on it now. */
    void touched(Transaction tx, UUID id) {
        tx.changed("vm", id, Change.CHANGED);
    }

    /** What is known of the inside of a guest ends with its run. */
    void observe(Transaction tx, Observed vm, boolean visible) {
        tx.update(
                "update compute.vms set phase = $2, power_state = $3, state_reason = $4, problem = $5,"
                        + " seen_process = $6, seen_sequence = $7,"
                        + " guest = case when $8 then null else guest end,"
                        + " changed_at = case when $9 then now() else changed_at end, pending = $10 where id = $1",
                vm.vmId(),
                vm.phase(),
                vm.powerState(),
                vm.stateReason(),
                vm.problem(),
                vm.seen().process(),
                vm.seen().sequence(),
                NO_RUN.contains(vm.powerState()),
                visible,
                Json.array(vm.pending()));
        if (visible) {
            tx.changed("vm", vm.vmId(), Change.CHANGED);
        }
    }

    /** What this process of the host says of its VMs is believed from now on, also when its clock was set back. */
    void believe(Transaction tx, UUID hostId, long process) {
        tx.update(
                "update compute.vms set seen_process = 0, seen_sequence = 0 where host_id = $1 and seen_process > $2",
                hostId,
                process);
    }

    /** Notes which report was believed last where it said nothing new. */
    void markSeen(Transaction tx, List<Observed> unchanged) {
        tx.update(
                "update compute.vms set seen_process = seen.process, seen_sequence = seen.sequence"
                        + " from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as seen (id, process, sequence)"
                        + " where vms.id = seen.id",
                unchanged.stream().map(Observed::vmId).toArray(UUID[]::new),
                unchanged.stream().map(vm -> vm.seen().process()).toArray(Long[]::new),
                unchanged.stream().map(vm -> vm.seen().sequence()).toArray(Long[]::new));
    }

    void guest(Transaction tx, GuestReport report) {
        change(
                tx,
                report.vmId(),
                tx.update(
                        "update compute.vms set guest = $2, changed_at = now() where id = $1 and guest is distinct"
                                + " from $2 and power_state not in ('STOPPED', 'CRASHED', 'SUSPENDED')",
                        report.vmId(),
                        Json.of(report)));
    }

    static void change(Transaction tx, UUID id, int rows) {
        if (rows == 1) {
            tx.changed("vm", id, Change.CHANGED);
        }
    }

    /** Keeps the address for the VM; false when another VM has it. */
    boolean claim(Transaction tx, UUID vmId, Nic nic) {
        return tx.update(
                        "insert into compute.macs (mac, vm_id) values ($1, $2) on conflict (mac) do nothing",
                        nic.mac(),
                        vmId)
                == 1;
    }
}
