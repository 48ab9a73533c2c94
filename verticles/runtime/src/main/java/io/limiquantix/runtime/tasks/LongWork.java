package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of a host that takes hours, as a part of a task's step. For one thread. */
public final class LongWork {
    private static final Logger LOG = LoggerFactory.getLogger(LongWork.class);
    /** How often a person sees how far it is, and how soon it ends when they do not want it any more. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** A host that was restarted begins anew; one that does not come back is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final double HUNDRED = 100;

    private final TaskRun run;
    private final int from;
    private final int to;
    private int percent = -1;
    private @Nullable Moved moved;
    private Instant movedAt = Instant.EPOCH;

    /**
     * @param from the task's progress when it begins
     * @param to and when it ends
     */
    public LongWork(TaskRun run, int from, int to) {
        this.run = run;
        this.from = from;
        this.to = to;
    }

    /**
     * Waits for its end as long as the host is at it, says how far it is, and ends when the task is cancelled. The step's own
     * patience counts from its beginning, so a host that goes away in the middle of it is waited for here.
     *
     * @param ask for the work; is asked again and again with the same operation
     * @param look at how far it is
     */
    public <R> R await(Caller caller, Function<Caller, R> ask, Function<Caller, CopyProgress> look) {
        while (true) {
            try {
                return ask.apply(caller.within(LOOK));
            } catch (FailureException e) {
                boolean atWork = e.code() == FailureCode.TIMEOUT && isAtWork(caller, look);
                if (!atWork) {
                    waitForHost(e);
                }
            }
            run.checkCancelled();
        }
    }

    /**
     * The same where the work is asked for by way of somebody who waits for its end: the question stays open for so long, and is
     * asked again only after that. When the task is cancelled nobody listens to the answer any more.
     */
    public <R> R awaitAnswer(
            Caller caller, Duration open, Function<Caller, R> ask, Function<Caller, CopyProgress> look) {
        return await(caller, _ -> answer(caller, open, ask, look), look);
    }

    private <R> R answer(Caller caller, Duration open, Function<Caller, R> ask, Function<Caller, CopyProgress> look) {
        FutureTask<R> asked = new FutureTask<>(() -> ask.apply(caller.within(open)));
        Thread.ofVirtual().name("asks-" + caller.operationId()).start(asked);
        while (true) {
            try {
                return asked.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                isAtWork(caller, look);
                run.checkCancelled();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException("asking failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LeaseLostException(run.taskId());
            }
        }
    }

    private boolean isAtWork(Caller caller, Function<Caller, CopyProgress> look) {
        try {
            CopyProgress progress = look.apply(caller.part("look").within(LOOK));
            if (progress.state() == CopyState.NOT_HERE) {
                return false;
            }
            // One that stands still is at work, and nothing that is worth waiting for when its host goes away.
            if (progress.state() == CopyState.WAITING
                    || progress.percent() != percent
                    || !Objects.equals(progress.moved(), moved)) {
                movedAt = Instant.now();
            }
            moved = progress.moved();
            percent = progress.percent();
            run.progress((int) (from + percent * (to - from) / HUNDRED), progress.moved());
            return true;
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            LOG.debug("nobody says how far it is", e);
            return false;
        }
    }

    private void waitForHost(FailureException why) {
        if (!why.code().isTransient() || movedAt.plus(PATIENCE).isBefore(Instant.now())) {
            throw why;
        }
        run.waitUntil(LOOK, () -> false);
    }
}
