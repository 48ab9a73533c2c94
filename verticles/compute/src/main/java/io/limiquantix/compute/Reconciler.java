package io.limiquantix.compute;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostApi.DomainChanged;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.compute.reconcile.Mark;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.compute.reconcile.Reconciliation;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes down what hosts say of VMs. */
final class Reconciler {
    private static final String HYPERVISOR_PROBLEM =
            "Nobody can say how the VM is, because its host has a problem with its hypervisor: ";
    private static final String HOST_SILENT =
            "Nobody can say how the VM is, because its host has not reported for more than "
                    + Sightings.SILENT.toSeconds() + " s. It may still be running there.";

    private static final String LEAVING =
            "The VM has left its host and is not heard from the one to which it was moved yet. Its task waits for that.";

    private final MigrationStore migrations = new MigrationStore();
    private final Database database;
    private final VmStore vms;
    private final Sightings sightings;
    private final VmEvents events;

    Reconciler(Database database, VmStore vms, Sightings sightings, VmEvents events) {
        this.database = database;
        this.vms = vms;
        this.sightings = sightings;
        this.events = events;
    }

    /**
     * Takes in a full report, which others hear in the same transaction, unless it is none that is new; returns the VMs that it should have
     * listed and did not.
     */
    List<UUID> accept(HostReport report, BiConsumer<Transaction, HostReport> alsoHeard) {
        return database.transaction(tx -> {
            boolean silent = sightings.wasSilent(tx, report.hostId());
            if (!sightings.note(tx, report)) {
                return List.of();
            }
            if (silent) {
                vms.believe(tx, report.hostId(), report.processStart());
            }
            alsoHeard.accept(tx, report);
            List<Observed> here = vms.lockOn(tx, report.hostId());
            String problem = report.hypervisorProblem();
            if (problem != null) {
                here.forEach(vm ->
                        write(tx, vm, Reconciliation.unknown(vm, "hypervisor-problem", HYPERVISOR_PROBLEM + problem)));
                return List.of();
            }
            return compare(tx, here, report);
        });
    }

    private List<UUID> compare(Transaction tx, List<Observed> here, HostReport report) {
        Map<UUID, DomainReport> domains =
                report.domains().stream().collect(Collectors.toMap(DomainReport::vmId, Function.identity()));
        Mark mark = new Mark(report.processStart(), report.sequence());
        List<UUID> missed = new ArrayList<>();
        List<Observed> unchanged = new ArrayList<>();
        for (Observed vm : here) {
            DomainReport domain = domains.get(vm.vmId());
            if (domain == null) {
                if (Reconciliation.isMissed(vm) && mark.isAfter(vm.seen())) {
                    missed.add(vm.vmId());
                }
                continue;
            }
            Optional<Observed> now = Reconciliation.reported(vm, domain);
            now.filter(vm::looksLike).ifPresent(unchanged::add);
            now.filter(after -> !vm.looksLike(after)).ifPresent(after -> write(tx, vm, after));
        }
        vms.markSeen(tx, unchanged);
        return missed;
    }

    /** Takes in what a host's event says. */
    void accept(DomainChanged event) {
        database.run(tx ->
                vms.lockOn(tx, event.hostId(), event.domain().vmId()).ifPresent(vm -> apply(tx, vm, event.domain())));
    }

    /**
     * Takes in what a host answered to a request of ours. A repeated request may be answered with what an earlier process
     * of the host saw: only the one that was heard last is believed, and its full report follows anyway.
     */
    void answered(UUID hostId, DomainReport report) {
        database.run(tx -> {
            if (sightings.mayBeCurrent(tx, hostId, report.processStart())) {
                vms.lockOn(tx, hostId, report.vmId()).ifPresent(vm -> apply(tx, vm, report));
            }
        });
    }

    private void apply(Transaction tx, Observed vm, DomainReport report) {
        if (!report.defined() && migrations.isUnderWay(tx, vm.vmId())) {
            write(tx, vm, Reconciliation.unknown(vm, "migrating", LEAVING));
            return;
        }
        Reconciliation.reported(vm, report).ifPresent(after -> write(tx, vm, after));
    }

    /** No VM of this host is known to be in any state. */
    void silent(UUID hostId) {
        database.run(tx -> vms.lockOn(tx, hostId)
                .forEach(vm -> write(tx, vm, Reconciliation.unknown(vm, "host-silent", HOST_SILENT))));
    }

    private void write(Transaction tx, Observed before, Observed after) {
        if (!after.equals(before)) {
            vms.observe(tx, after, !after.looksLike(before));
            events.note(tx, before, after);
        }
    }
}
