package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;

/**
 * The memory of domains that are off, kept by libvirt (virDomainManagedSave): the next start goes on from there. libvirt writes it on
 * when this process ends, and has the guest go on when it cannot.
 */
public final class DomainSaves {
    private static final String WHAT = "The memory could not be kept";
    private static final Duration AT_MOST = Duration.ofDays(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int HUNDRED = 100;

    private final LibvirtConnection connection;
    private final SaveRoom room;
    private final Clock clock;
    private final Map<UUID, Save> saves = new ConcurrentHashMap<>();

    public DomainSaves(LibvirtConnection connection, SaveRoom room, Clock clock) {
        this.connection = connection;
        this.room = room;
        this.clock = clock;
    }

    /**
     * One that this process began. It stays until whoever asked for it has heard its outcome.
     *
     * @param taken by whoever was first: the thread that writes, or somebody who does not want it any more
     */
    private record Save(UUID operationId, long bytes, AtomicBoolean taken, FutureTask<Boolean> work) {}

    /** What a domain is to somebody who wants its memory kept. */
    private enum Stage {
        KEPT,
        AT_WORK,
        ON
    }

    /** Whether it is off and its memory is kept. */
    static boolean isSaved(Domain domain) throws LibvirtException {
        return Domains.isStopped(domain) && domain.hasManagedSaveImage() == 1;
    }

    /** @throws FailureException {@code CONFLICT} while the domain is suspended */
    static void refuseSaved(Domain domain) throws LibvirtException {
        if (isSaved(domain)) {
            throw FailureException.conflict(
                    "The virtual machine is suspended, and its memory knows its devices as they are."
                            + " Start it, or discard its saved state, first.");
        }
    }

    /** Forgets the memory of a domain that is off; success when there is none. */
    static boolean forget(Domain domain) throws LibvirtException {
        try {
            if (isSaved(domain)) {
                domain.managedSaveRemove();
            }
            return true;
        } catch (LibvirtException e) {
            // A transient domain is gone once it has ended.
            if (LibvirtFailures.isMissingDomain(e)) {
                return true;
            }
            throw e;
        }
    }

    /** The same for one that is known by its VM. */
    public void discard(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The saved state could not be discarded", deadline, DomainSaves::forget);
    }

    /**
     * Writes the memory and ends the domain; success when that is so already. What goes on at the deadline goes on.
     *
     * @param operationId of whoever wants to hear the outcome, and asks again with the same one
     * @throws FailureException {@code TIMEOUT} while it is at work, {@code NO_CAPACITY}, {@code CONFLICT} when the domain is off
     */
    public void save(UUID vmId, UUID operationId, Instant deadline) {
        Save begun = saves.get(vmId);
        if (begun != null && begun.work().isDone() && !begun.operationId().equals(operationId)) {
            saves.remove(vmId, begun);
            begun = null;
        }
        if (begun == null) {
            Stage stage = stage(vmId, deadline);
            while (stage == Stage.AT_WORK) {
                // An earlier process of this host began it.
                pause(deadline);
                stage = stage(vmId, deadline);
            }
            if (stage == Stage.KEPT) {
                return;
            }
            begun = begin(vmId, operationId, deadline);
        }
        await(vmId, begun, deadline);
    }

    private Stage stage(UUID vmId, Instant deadline) {
        return connection.withDomain(vmId, WHAT, deadline, domain -> {
            if (isSaved(domain)) {
                return Stage.KEPT;
            }
            if (Domains.isStopped(domain)) {
                throw FailureException.conflict("The virtual machine is not running, so it has no memory to keep.");
            }
            return DomainStates.isSaving(MissingCalls.state(domain)) ? Stage.AT_WORK : Stage.ON;
        });
    }

    private synchronized Save begin(UUID vmId, UUID operationId, Instant deadline) {
        long bytes = connection.withDomain(vmId, WHAT, deadline, domain -> domain.getMaxMemory() << 10);
        long promised = saves.values().stream()
                .filter(save -> !save.work().isDone())
                .mapToLong(Save::bytes)
                .sum();
        room.require(bytes, promised, "shut the guest down instead");
        AtomicBoolean taken = new AtomicBoolean();
        FutureTask<Boolean> work = new FutureTask<>(() -> write(vmId, taken));
        Save fresh = new Save(operationId, bytes, taken, work);
        Save before = saves.putIfAbsent(vmId, fresh);
        if (before != null) {
            return before;
        }
        Thread.ofVirtual().name("save-" + vmId).start(work);
        return fresh;
    }

    private boolean write(UUID vmId, AtomicBoolean taken) {
        return connection.withDomainAtLength(vmId, WHAT, clock.instant().plus(AT_MOST), domain -> {
            if (!taken.compareAndSet(false, true)) {
                throw FailureException.of(FailureCode.CANCELLED, "It was ended before it began.");
            }
            return Transition.of(domain, DomainSaves::isSaved, Domain::managedSave);
        });
    }

    private void await(UUID vmId, Save save, Instant deadline) {
        try {
            save.work()
                    .get(Math.max(0, Duration.between(clock.instant(), deadline).toMillis()), TimeUnit.MILLISECONDS);
            saves.remove(vmId, save);
        } catch (TimeoutException e) {
            throw atWork();
        } catch (ExecutionException e) {
            saves.remove(vmId, save);
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(WHAT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(atWork().failure(), e);
        }
    }

    private static FailureException atWork() {
        return FailureException.of(FailureCode.TIMEOUT, "The memory is still being written.");
    }

    private void pause(Instant deadline) {
        if (clock.instant().isAfter(deadline)) {
            throw atWork();
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    /** How far it is, also where an earlier process of this host began it. */
    public CopyProgress look(UUID vmId, Instant deadline) {
        Optional<Save> ours = find(vmId).filter(save -> !save.work().isDone());
        if (ours.filter(save -> !save.taken().get()).isPresent()) {
            return new CopyProgress(CopyState.WAITING, 0);
        }
        return connection.withDomain(vmId, "How far it is could not be read", deadline, domain -> {
            boolean atWork = ours.isPresent() || DomainStates.isSaving(MissingCalls.state(domain));
            return atWork ? progress(domain) : new CopyProgress(CopyState.NOT_HERE, 0);
        });
    }

    private Optional<Save> find(UUID vmId) {
        return Optional.ofNullable(saves.get(vmId));
    }

    private static CopyProgress progress(Domain domain) throws LibvirtException {
        try {
            return JobProgress.of(domain.getJobInfo());
        } catch (LibvirtException e) {
            // A domain that has just ended has no job, and all of its memory is written.
            if (Domains.isStopped(domain)) {
                return new CopyProgress(CopyState.COPYING, HUNDRED);
            }
            throw e;
        }
    }

    /** Breaks it off and waits until the guest goes on; success when nothing is at work, or the domain is off by then. */
    public void end(UUID vmId, Instant deadline) {
        Optional<Save> known = find(vmId);
        // One that has not begun never does.
        Optional<Save> ours = known.filter(save -> !save.taken().compareAndSet(false, true));
        while (!isQuiet(vmId, ours.isPresent(), deadline)
                || ours.filter(save -> !save.work().isDone()).isPresent()) {
            pause(deadline);
        }
        known.ifPresent(save -> saves.remove(vmId, save));
    }

    private boolean isQuiet(UUID vmId, boolean ours, Instant deadline) {
        return connection.withDomain(vmId, "It could not be ended", deadline, domain -> isQuiet(domain, ours));
    }

    /** libvirt refuses to end a job in its first and its last moment. */
    private static boolean isQuiet(Domain domain, boolean ours) throws LibvirtException {
        if (Domains.isStopped(domain)) {
            return true;
        }
        boolean atWork = DomainStates.isSaving(MissingCalls.state(domain)) || (ours && hasJob(domain));
        if (atWork) {
            try {
                domain.abortJob();
            } catch (LibvirtException e) {
                if (LibvirtFailures.isCutOff(e)) {
                    throw e;
                }
            }
        }
        return !atWork;
    }

    private static boolean hasJob(Domain domain) throws LibvirtException {
        try {
            return domain.getJobInfo().getType() != 0;
        } catch (LibvirtException e) {
            if (Domains.isStopped(domain)) {
                return false;
            }
            throw e;
        }
    }
}
