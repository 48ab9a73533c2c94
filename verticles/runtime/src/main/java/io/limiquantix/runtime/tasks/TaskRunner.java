package io.limiquantix.runtime.tasks;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs this process's share of the tasks: claims what nobody works on, renews the leases, and lets go of what another
 * process has taken over. A dead process's tasks are claimed when their lease has run out.
 */
final class TaskRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);
    private static final Duration UNTIL_RUNS_NOTICE = Duration.ofSeconds(5);
    private static final Duration GIVING_BACK = Duration.ofSeconds(5);
    private static final long RENEW_SECONDS = 2;
    private static final long IDLE_MILLIS = 1_000;
    /** Those that wait are not counted. */
    private static final int MAX_RUNNING = 64;

    private final UUID owner = UUID.randomUUID();
    private final TaskStore store;
    private final TaskObserver observer;
    private final Map<String, TaskKind<?>> kinds = new ConcurrentHashMap<>();
    private final Map<UUID, TaskRun> running = new ConcurrentHashMap<>();
    private final Semaphore slots = new Semaphore(MAX_RUNNING, true);
    private final Semaphore wakeUps = new Semaphore(0);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
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
        started.set(true);
    }

    void takeOverAll() {
        store.endAllLeases();
    }

    /** Looks for work at once. */
    void wake() {
        wakeUps.release();
    }

    /** A place in this process for a task that is being stored: it is begun there once it is, or left. */
    final class Place {
        private final Lease lease = new Lease(System.nanoTime());

        UUID owner() {
            return owner;
        }

        void begin(ClaimedTask task) {
            TaskRunner.this.begin(task, lease);
        }

        void leave() {
            slots.release();
        }
    }

    /** Empty where this process cannot begin such a task now: it is claimed by whoever can. */
    Optional<Place> place(String kind) {
        boolean works = started.get() && !stopping.get() && kinds.containsKey(kind);
        return works && slots.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    void cancelIfHere(UUID taskId) {
        TaskRun run = running.get(taskId);
        if (run != null) {
            run.requestCancel();
        }
    }

    private void claimAll() {
        try {
            while (!stopping.get()) {
                if (slots.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS) && !claimOne()) {
                    slots.release();
                    boolean woken = wakeUps.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    wakeUps.drainPermits();
                    LOG.trace("looking for tasks, woken: {}", woken);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no task is claimed any more", e);
        }
    }

    private boolean claimOne() {
        long askedAt = System.nanoTime();
        Optional<ClaimedTask> claimed = claim();
        claimed.ifPresent(task -> begin(task, new Lease(askedAt)));
        return claimed.isPresent();
    }

    private Optional<ClaimedTask> claim() {
        try {
            return kinds.isEmpty() ? Optional.empty() : store.claim(owner, kinds.keySet(), Lease.LENGTH);
        } catch (RuntimeException | Error e) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            LOG.warn("tasks cannot be claimed now; trying again", e);
            return Optional.empty();
        }
    }

    private void begin(ClaimedTask task, Lease lease) {
        Slot slot = new Slot(slots);
        TaskRun run = new TaskRun(task, lease, slot, store, observer, Patience.DEFAULT);
        TaskRun before = running.put(task.id(), run);
        if (before != null) {
            before.lease().lose();
        }
        if (stopping.get()) {
            lease.lose();
        }
        Thread.ofVirtual().name("task-" + task.id()).start(() -> run(task, run, slot));
    }

    private void run(ClaimedTask task, TaskRun run, Slot slot) {
        try {
            new TaskExecution<>(Objects.requireNonNull(kinds.get(task.kind())), task, run, store).toItsEnd();
        } catch (LeaseLostException e) {
            LOG.warn("{}", e.getMessage());
            giveUp(task, run, Duration.ZERO);
        } catch (DatabaseException e) {
            LOG.warn("task {} is given up for now, as the database fails", task.id(), e);
            giveUp(task, run, BEFORE_ANOTHER_TRY);
        } catch (RuntimeException | Error e) {
            LOG.error("task {} stopped; it is taken up again when its lease runs out", task.id(), e);
        } finally {
            running.remove(task.id(), run);
            slot.leave();
        }
    }

    /** The lease is not renewed any more, and ends earlier if the database can be told. */
    private void giveUp(ClaimedTask task, TaskRun run, Duration pause) {
        running.remove(task.id(), run);
        try {
            store.giveBack(task, pause);
            wake();
        } catch (DatabaseException e) {
            LOG.warn("task {} is taken up again when its lease runs out: {}", task.id(), e.getMessage());
        }
    }

    private void renewAll() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.SECONDS.sleep(RENEW_SECONDS);
                renew();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.warn("task leases cannot be renewed now; trying again", e);
            }
        }
    }

    private void renew() {
        // A task that begins from here on is not asked for, so its absence from the answer would mean nothing.
        Map<UUID, TaskRun> asked = Map.copyOf(running);
        if (asked.isEmpty()) {
            return;
        }
        long askedAt = System.nanoTime();
        Map<UUID, Boolean> held = store.renew(owner, asked.keySet(), Lease.LENGTH);
        asked.forEach((id, run) -> {
            Boolean cancel = held.get(id);
            if (cancel == null) {
                run.lease().lose();
                return;
            }
            run.lease().renewed(askedAt);
            if (cancel) {
                run.requestCancel();
            }
        });
    }

    /**
     * Claims nothing more, waits a little for the runs to come to the end of a step, and gives all tasks back, so that other
     * processes go on with them at once.
     */
    @Override
    public void close() {
        if (stopping.getAndSet(true)) {
            return;
        }
        try {
            wake();
            claimer.join(UNTIL_RUNS_NOTICE.toMillis());
            claimer.interrupt();
            running.values().forEach(run -> run.lease().lose());
            boolean allEnded = slots.tryAcquire(MAX_RUNNING, UNTIL_RUNS_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("all runs noticed that the process stops: {}", allEnded);
            renewer.interrupt();
            Thread.ofVirtual().start(this::giveBackAll).join(GIVING_BACK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBackAll() {
        try {
            store.giveBackAll(owner);
        } catch (DatabaseException e) {
            LOG.warn("the tasks of this process are taken up when their leases run out: {}", e.getMessage());
        }
    }
}
