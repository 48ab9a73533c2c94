package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.MigrationStore.Migration;
import io.limiquantix.compute.MigrationStore.Phase;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds out where a VM is whose move was begun, and lets it run there and nowhere else. What the source says decides: as long as it has the
 * VM, the target's copy is given up; the target's is let run only when the source has none that could run. Where somebody does not say, nothing is started.
 */
final class MigrationSettling {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /** libvirt's last words between the hosts are over by then; what was in between was paused and is gone or not. */
    private static final Duration STEADY = Duration.ofSeconds(3);
    /** libvirt's reasons for a machine that is off as its guest or somebody wanted. */
    private static final Set<String> WANTED = Set.of("shutdown", "destroyed", "saved");

    private final Database database;
    private final Bus bus;
    private final MigrationStore store;
    private final Reconciler reconciler;
    private final MigrationForgetting forgetting;

    MigrationSettling(
            Database database, Bus bus, MigrationStore store, Reconciler reconciler, MigrationForgetting forgetting) {
        this.forgetting = forgetting;
        this.database = database;
        this.bus = bus;
        this.store = store;
        this.reconciler = reconciler;
    }

    record Settled(boolean arrived) {}

    /** The phase of this migration; empty when nothing is left of it, or it never was begun. */
    Optional<Phase> phase(MigrationPlan plan) {
        return database.transaction(tx -> store.find(tx, plan.vmId()))
                .filter(found -> found.migrationId().equals(plan.migrationId()))
                .map(Migration::phase);
    }

    /** @throws FailureException {@code UNAVAILABLE} as long as it cannot be found out */
    Settled settle(MigrationPlan plan, TaskRun run, Caller caller) {
        database.run(tx -> store.sent(tx, plan));
        Optional<Phase> phase = phase(plan);
        if (phase.filter(Phase.MOVING::equals).isEmpty()) {
            return new Settled(phase.filter(Phase.ARRIVED::equals).isPresent());
        }
        DomainReport source = atSource(plan, caller);
        if (source.defined() && source.state() == PowerState.PAUSED) {
            run.waitUntil(STEADY, () -> {
                DomainReport now = atSource(plan, caller);
                return !now.defined() || now.state() != PowerState.PAUSED;
            });
            source = atSource(plan, caller);
        }
        if (source.defined() && !wentOnAtTarget(plan, source, caller)) {
            stay(plan, source, caller);
            return new Settled(false);
        }
        arrive(plan, caller);
        return new Settled(true);
    }

    /**
     * A libvirtd of the source that dies while it ends what it has sent leaves a machine that is off, without anybody who wanted that. What
     * has arrived as a whole goes on then, and the source's definition goes; nobody but this could start it. Where not all has arrived,
     * the source's is all that there is.
     */
    private boolean wentOnAtTarget(MigrationPlan plan, DomainReport source, Caller caller) {
        boolean off = source.state() == PowerState.STOPPED || source.state() == PowerState.CRASHED;
        if (!off || WANTED.contains(source.reason())) {
            return false;
        }
        try {
            DomainReport there = request(HostMigrationApi.LET_RUN, plan.target(), arrival(plan), caller);
            if (there.state() != PowerState.RUNNING) {
                return false;
            }
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                throw e;
            }
            return false;
        }
        ask(DomainApi.UNDEFINE, plan.source(), domain(plan), caller);
        return true;
    }

    /** Nothing is at work there any more when it answers. */
    private DomainReport atSource(MigrationPlan plan, Caller caller) {
        DomainReport report = ask(HostMigrationApi.ABORT, plan.source(), domain(plan), caller);
        if (report.defined() && report.state() == PowerState.UNKNOWN) {
            throw unknown("The host that the virtual machine was to leave does not say how it is.");
        }
        return report;
    }

    private void stay(MigrationPlan plan, DomainReport source, Caller caller) {
        DomainReport report = source;
        if (source.state() == PowerState.PAUSED) {
            // It may have arrived as a whole: only when that is gone this one goes on.
            ask(HostMigrationApi.FORGET, plan.target(), arrival(plan), caller);
            report = ask(DomainApi.RESUME, plan.source(), domain(plan), caller);
        } else {
            forget(plan, caller);
        }
        database.run(tx -> store.stayed(tx, plan));
        reconciler.answered(plan.source(), report);
    }

    private void forget(MigrationPlan plan, Caller caller) {
        try {
            forgetting.attempt(plan, caller);
        } catch (FailureException e) {
            throw unknown(e.failure().message());
        }
    }

    private void arrive(MigrationPlan plan, Caller caller) {
        DomainReport report;
        try {
            report = ask(HostMigrationApi.LET_RUN, plan.target(), arrival(plan), caller);
            if (!report.defined()) {
                throw unknown("Neither of the two hosts has the virtual machine.");
            }
        } catch (FailureException e) {
            report = ask(DomainApi.GET, plan.target(), domain(plan), caller);
            boolean ended = report.state() == PowerState.STOPPED || report.state() == PowerState.CRASHED;
            // It had arrived as a whole, since what has not has no definition, and ended before it could go on.
            if (!report.defined() || !ended) {
                throw e;
            }
        }
        database.run(tx -> store.arrived(tx, plan));
        reconciler.answered(plan.target(), report);
    }

    /** Whatever is answered in place of what was asked for leaves it unknown. Each of these can be asked again and again. */
    private <Q extends Record, R extends Record> R ask(
            HostAddress<Q, R> address, UUID hostId, Q request, Caller caller) {
        try {
            return request(address, hostId, request, caller);
        } catch (FailureException e) {
            throw e.code().isTransient() ? e : unknown(e.failure().message());
        }
    }

    private <Q extends Record, R extends Record> R request(
            HostAddress<Q, R> address, UUID hostId, Q request, Caller caller) {
        return bus.request(
                address.at(hostId),
                request,
                caller.part(address.name() + " " + Uuid7.next()).within(ANSWER));
    }

    private static FailureException unknown(String message) {
        return FailureException.of(FailureCode.UNAVAILABLE, message);
    }

    static DomainApi.Domain domain(MigrationPlan plan) {
        return new DomainApi.Domain(plan.vmId());
    }

    static Arrival arrival(MigrationPlan plan) {
        return new Arrival(plan.migrationId(), plan.vmId());
    }
}
