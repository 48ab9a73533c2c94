package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the source send a VM, as long as it is at it and nobody cancels the task. */
final class MigrationSending {
    /** A host that is slow to begin is at nothing that it could tell of. */
    private static final Duration UNTIL_BEGUN = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Bus bus;
    private final int from;
    private final int to;

    /**
     * @param from the task's progress when it begins
     * @param to and when it ends
     */
    MigrationSending(Bus bus, int from, int to) {
        this.bus = bus;
        this.from = from;
        this.to = to;
    }

    /** @param why the source did not send it; absent: it says that it did */
    record Ended(@Nullable Failure why) {}

    /** However it ends, what the hosts say afterwards decides. */
    Ended send(MigrationPlan plan, HostMigrationApi.Move order, TaskRun run, Caller caller) {
        Instant end = Instant.now().plus(UNTIL_BEGUN);
        try {
            while (true) {
                Optional<FailureException> unheard = ask(plan, order, run, caller);
                if (unheard.isEmpty()) {
                    return new Ended(null);
                }
                if (Instant.now().isAfter(end)) {
                    throw unheard.get();
                }
                run.waitUntil(PAUSE, () -> false);
            }
        } catch (FailureException e) {
            return new Ended(e.failure());
        }
    }

    /** Why nobody says how it is with it; empty when it has been sent. */
    private Optional<FailureException> ask(
            MigrationPlan plan, HostMigrationApi.Move order, TaskRun run, Caller caller) {
        DomainApi.Domain domain = MigrationSettling.domain(plan);
        try {
            new LongWork(run, from, to)
                    .<DomainReport>await(
                            caller,
                            asking -> bus.request(HostMigrationApi.MOVE.at(plan.source()), order, asking),
                            looking -> bus.request(HostMigrationApi.LOOK_AT_MOVE.at(plan.source()), domain, looking));
            return Optional.empty();
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                return Optional.of(e);
            }
            throw e;
        }
    }
}
