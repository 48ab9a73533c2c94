package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the agent inside a guest answers for the first time. */
final class AgentWait {
    private static final Logger LOG = LoggerFactory.getLogger(AgentWait.class);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int DONE = 99;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final Clock clock;
    private final Duration patience;

    AgentWait(Database database, Bus bus, VmStore vms, Clock clock, Duration patience) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.clock = clock;
        this.patience = patience;
    }

    /** When the waiting began; kept as a step's result, so that another process waits no longer than this one. */
    record Began(Instant at) {}

    Began begin() {
        return new Began(clock.instant());
    }

    void run(StoredVm vm, UUID hostId, Began began, TaskRun run) {
        run.step("wait for the guest's agent", Nothing.class).progress(DONE).run(caller -> {
            Duration left = Duration.between(clock.instant(), began.at().plus(patience));
            Pacing pacing = Pacing.atOnce(clock, BETWEEN_QUESTIONS);
            if (!run.waitUntil(left, () -> pacing.isDue() && answers(vm, hostId, caller))) {
                throw FailureException.conflict(
                        vm.name() + " is made and runs, but the agent in its guest did not answer" + " within "
                                + patience.toSeconds() + " s. See its console; the guest needs qemu-guest-agent.");
            }
            return Nothing.NOTHING;
        });
    }

    private boolean answers(StoredVm vm, UUID hostId, Caller caller) {
        PowerState now = database.transaction(tx -> vms.get(tx, vm.id())).powerState();
        if (now == PowerState.STOPPED || now == PowerState.CRASHED) {
            throw FailureException.conflict(vm.name() + " is made, but it stopped before the agent in its guest"
                    + " answered. See its console when it is started again.");
        }
        try {
            GuestReport report = bus.request(GuestApi.ASK, new GuestApi.Ask(vm.id(), hostId), caller.within(ANSWER));
            database.run(tx -> vms.guest(tx, report));
            return report.answered();
        } catch (FailureException e) {
            LOG.debug("the agent in {} cannot be asked now: {}", vm.id(), e.getMessage());
            return false;
        }
    }
}
