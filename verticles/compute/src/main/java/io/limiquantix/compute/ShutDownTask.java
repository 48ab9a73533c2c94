package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a guest to shut down until it has done so or its time is over. Never forces anything. */
final class ShutDownTask {
    private static final Logger LOG = LoggerFactory.getLogger(ShutDownTask.class);
    /** A guest that is still booting does not hear the first question. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(15);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int ASKED = 10;
    private static final int DONE = 95;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final Reconciler reconciler;
    private final Clock clock;

    ShutDownTask(Database database, Bus bus, VmStore vms, Reconciler reconciler, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    /** Kept as a step's result, so that another process waits no longer than this one. */
    record Deadline(Instant at) {}

    void run(PowerTasks.Input input, TaskRun run) {
        Deadline deadline = run.step("ask the guest to shut down", Deadline.class)
                .progress(ASKED)
                .run(caller -> {
                    ask(input, caller);
                    return new Deadline(clock.instant().plusSeconds(input.timeoutSeconds()));
                });
        run.step("wait until it is off", Nothing.class).progress(DONE).run(caller -> {
            waitUntilOff(input, deadline, caller, run);
            return Nothing.NOTHING;
        });
    }

    private void waitUntilOff(PowerTasks.Input input, Deadline deadline, Caller caller, TaskRun run) {
        // It has just been asked, and a guest may take a second question for an impatient one.
        Pacing pacing = Pacing.later(clock, BETWEEN_QUESTIONS);
        boolean off = run.waitUntil(Duration.between(clock.instant(), deadline.at()), () -> {
            if (isOff(state(input))) {
                return true;
            }
            if (pacing.isDue()) {
                askAgain(input, caller);
            }
            return false;
        });
        PowerState state = off ? PowerState.STOPPED : state(input);
        if (state == PowerState.UNKNOWN) {
            // Not as a time-out, which would be tried again for as long as the task lives.
            throw FailureException.conflict(
                    "Whether the guest has shut down is unknown, because its host says nothing of it."
                            + " Look at the host, and at the VM when it answers again.");
        }
        if (!isOff(state)) {
            throw FailureException.conflict("The guest did not shut down within " + input.timeoutSeconds()
                    + " s and runs on. Shut it down from inside, try again when it has booted, or force it to stop.");
        }
    }

    private PowerState state(PowerTasks.Input input) {
        return database.transaction(tx -> vms.get(tx, input.vmId())).powerState();
    }

    private static boolean isOff(PowerState state) {
        return state == PowerState.STOPPED || state == PowerState.CRASHED;
    }

    private void ask(PowerTasks.Input input, Caller caller) {
        reconciler.answered(
                input.hostId(),
                bus.request(
                        DomainApi.SHUT_DOWN.at(input.hostId()),
                        new DomainApi.Domain(input.vmId()),
                        caller.within(ANSWER)));
    }

    private void askAgain(PowerTasks.Input input, Caller caller) {
        try {
            // A question of its own: the same operation would only be told the first answer again.
            ask(input, caller.part("again at " + clock.instant()));
        } catch (FailureException e) {
            LOG.info("VM {} cannot be asked again to shut down: {}", input.vmId(), e.getMessage());
        }
    }
}
