package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.ClockSet;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a guest that goes on from its memory learn how late it is; one that does not is not worth a failure. */
final class GuestClock {
    private static final Logger LOG = LoggerFactory.getLogger(GuestClock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Bus bus;
    private final Clock clock;

    GuestClock(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    void set(UUID vmId, UUID hostId, TaskRun run) {
        run.step("set the guest's clock", ClockSet.class).run(caller -> {
            Pacing pacing = Pacing.atOnce(clock, BETWEEN_QUESTIONS);
            var last = new AtomicReference<>(new ClockSet(false, false));
            run.waitUntil(
                    PATIENCE,
                    () -> pacing.isDue()
                            && last.updateAndGet(_ -> ask(vmId, hostId, caller)).answered());
            if (!last.get().set()) {
                run.log(
                        "The agent in the guest did not set its clock, which is late by the time that its memory was kept"
                                + " until the guest finds out by itself.");
            }
            return last.get();
        });
    }

    private ClockSet ask(UUID vmId, UUID hostId, Caller caller) {
        try {
            return bus.request(DomainApi.SET_CLOCK.at(hostId), new DomainApi.Domain(vmId), caller.within(ANSWER));
        } catch (FailureException e) {
            LOG.debug("the agent in {} cannot be asked now: {}", vmId, e.getMessage());
            return new ClockSet(false, false);
        }
    }
}
