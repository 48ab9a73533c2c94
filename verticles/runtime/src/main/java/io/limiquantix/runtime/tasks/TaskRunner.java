package io.limiquantix.runtime.tasks;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs this process's share of the tasks: claims what nobody works on, renews the leases, and lets go of what another
 * process has taken over. A dead process's tasks are claimed when their lease has run out.
 */
final class TaskRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long RENEW_SECONDS = 2;
    private static final long IDLE_MILLIS = 1_000;
    private static final int MAX_RUNNING = 64;

    private final UUID owner = UUID.randomUUID();
    private final TaskStore store;
    private final TaskObserver observer;
    private final Map<String, TaskKind<?>> kinds = new ConcurrentHashMap<>();
    private final Map<UUID, TaskRun> running = new ConcurrentHashMap<>();
    private final Semaphore slots = new Semaphore(MAX_RUNNING);
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread claimer = Thread.ofVirtual().name("task-claimer").unstarted(this::claimAll);
    private final Thread renewer = Thread.ofVirtual().name("task-renewer").unstarted(this::renewAll);

    TaskRunner(Database database, TaskObserver observer) {
        this.store = new TaskStore(database);
        this.observer = observer;
    }

    void register(TaskKind<?> kind) {
        if (kinds.putIfAbsent(kind.name(), kind) != null) {
            throw new IllegalStateException("two bodies for tasks of kind " + kind.name());
        }
        wake();
    }

    void start() {
        claimer.start();
        renewer.start();
    }

    void takeOverAll() {
        store.endAllLeases();
    }

    /** Looks for work at once. */
    void wake() {
        wakeUps.release();
    }

    void cancelIfHere(UUID taskId) {
        TaskRun run = running.get(taskId);
        if (run != null) {
            run.requestCancel();
        }
    }

    private void claimAll() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                slots.acquire();
                Optional<ClaimedTask> task = claim();
                if (task.isPresent()) {
                    Thread.ofVirtual().name("task-" + task.get().id()).start(() -> run(task.get()));
                } else {
                    slots.release();
                    boolean woken = wakeUps.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    wakeUps.drainPermits();
                    LOG.trace("looking for tasks, woken: {}", woken);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Optional<ClaimedTask> claim() {
        try {
            return kinds.isEmpty() ? Optional.empty() : store.claim(owner, kinds.keySet(), LEASE);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            LOG.warn("tasks cannot be claimed now; trying again", e);
            return Optional.empty();
        }
    }

    private void run(ClaimedTask task) {
        TaskRun run = new TaskRun(task, store, observer, Patience.DEFAULT);
        running.put(task.id(), run);
        try {
            runToItsEnd(Objects.requireNonNull(kinds.get(task.kind())), task, run);
        } catch (LeaseLostException e) {
            LOG.warn("{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("task {} stopped; it is taken up again when its lease runs out", task.id(), e);
        } finally {
            running.remove(task.id());
            slots.release();
            wake();
        }
    }

    private <I extends Record> void runToItsEnd(TaskKind<I> kind, ClaimedTask task, TaskRun run) {
        I input = store.input(task.id(), kind.input());
        try {
            kind.body().run(input, run);
            if (task.state() != TaskState.UNDOING) {
                store.end(task, TaskState.SUCCEEDED);
                return;
            }
        } catch (TaskRun.ReplayEnded e) {
            LOG.debug("task {} goes on undoing", task.id());
        } catch (FailureException e) {
            LOG.info("task {} ({}) failed: {}", task.id(), task.kind(), e.getMessage());
            undo(task, run, e.failure());
            return;
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("task {} ({}) failed by a defect", task.id(), task.kind(), e);
            undo(task, run, Failure.of(FailureCode.INTERNAL, "The task failed by a defect; the log says more."));
            return;
        }
        undo(task, run, Objects.requireNonNull(task.failure()));
    }

    private void undo(ClaimedTask task, TaskRun run, Failure why) {
        run.undo(why);
        store.end(task, why.code() == FailureCode.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED);
    }

    private void renewAll() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.SECONDS.sleep(RENEW_SECONDS);
                renew();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("task leases cannot be renewed now; trying again", e);
            }
        }
    }

    private void renew() {
        if (running.isEmpty()) {
            return;
        }
        Map<UUID, Boolean> held = store.renew(owner, running.keySet(), LEASE);
        running.forEach((id, run) -> {
            Boolean cancel = held.get(id);
            if (cancel == null) {
                run.loseLease();
            } else if (cancel) {
                run.requestCancel();
            }
        });
    }

    @Override
    public void close() {
        claimer.interrupt();
        renewer.interrupt();
        running.values().forEach(TaskRun::loseLease);
    }
}
