package io.limiquantix.host.migration;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.HostMigrationApi.Move;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.libvirt.DomainMoves;
import io.limiquantix.host.libvirt.DomainMoves.Stage;
import io.limiquantix.host.libvirt.DomainMoves.Way;
import io.limiquantix.host.libvirt.QemuUser;
import io.limiquantix.host.migration.MigratingDomains.Direction;
import io.limiquantix.host.migration.MigratingDomains.Note;
import io.limiquantix.host.stream.MigrationFolder;
import io.limiquantix.host.stream.MigrationSockets;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Domains that leave for other hosts. A move goes on when whoever asked for it is silent; it ends with this process, since its sockets
 * do, and the guest goes on here then.
 */
public final class OutgoingMigrations {
    private static final Duration AT_MOST = Duration.ofDays(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofMinutes(1);
    private static final String HELD_DISK = "Need a root block node";

    private final Vertx vertx;
    private final MigratingDomains notes;
    private final Path folder;
    private final DomainMoves moves;
    private final QemuUser qemu;
    private final Clock clock;
    private final Map<UUID, Leaving> leaving = new ConcurrentHashMap<>();
    /** What libvirt may still be at, for a process of this host that is gone. */
    private final Set<UUID> leftBehind = ConcurrentHashMap.newKeySet();

    /** @param folder of all migrations, as this process sees it */
    public OutgoingMigrations(
            Vertx vertx, MigratingDomains notes, Path folder, DomainMoves moves, QemuUser qemu, Clock clock) {
        this.vertx = vertx;
        this.notes = notes;
        this.folder = folder;
        this.moves = moves;
        this.qemu = qemu;
        this.clock = clock;
    }

    /**
     * One that this process began. It stays until whoever asked for it has heard its outcome.
     *
     * @param ended whether somebody does not want it any more
     */
    private record Leaving(UUID migrationId, AtomicBoolean ended, FutureTask<Boolean> work) {}

    /** Removes the sockets that an earlier process left, whose moves have ended with it. */
    public void forgetEarlier() {
        notes.all().filter(note -> note.direction() == Direction.LEAVING).forEach(note -> {
            leftBehind.add(note.vmId());
            MigrationFolder.remove(folder, note.migrationId());
            notes.remove(note.migrationId());
        });
    }

    /**
     * Sends the domain; success when it is not here any more. What goes on at the deadline goes on.
     *
     * @param tickets gets one of the target's for each connection
     * @throws FailureException {@code TIMEOUT} while it is at work, {@code CANCELLED} when it was ended
     */
    public void move(Move request, Function<Channel, StreamTicket> tickets, Instant deadline) {
        UUID vmId = request.vmId();
        Optional<Leaving> known = Optional.ofNullable(leaving.get(vmId));
        boolean another = known.filter(it -> !it.migrationId().equals(request.migrationId()))
                .isPresent();
        if (another && known.filter(it -> it.work().isDone()).isEmpty()) {
            throw FailureException.conflict(
                    "The virtual machine is on its way to another host already. End that first.");
        }
        if (known.isEmpty() || another) {
            known.ifPresent(it -> leaving.remove(vmId, it));
            if (isGone(vmId, deadline)) {
                return;
            }
            known = Optional.of(begin(request, tickets));
        }
        await(vmId, known.get(), deadline);
    }

    private boolean isGone(UUID vmId, Instant deadline) {
        while (true) {
            switch (moves.stage(vmId, deadline)) {
                case GONE -> {
                    return true;
                }
                case RUNS -> {
                    return false;
                }
                case OFF ->
                    throw FailureException.conflict(
                            "The virtual machine is not running, so it cannot be moved while it runs.");
                case PAUSED -> throw FailureException.conflict("The virtual machine is paused; resume it first.");
                // What an earlier process of this host began ends with its sockets.
                case AT_WORK -> pause(deadline);
            }
        }
    }

    private synchronized Leaving begin(Move request, Function<Channel, StreamTicket> tickets) {
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Boolean> work = new FutureTask<>(() -> send(request, tickets, ended));
        Leaving fresh = new Leaving(request.migrationId(), ended, work);
        Leaving before = leaving.putIfAbsent(request.vmId(), fresh);
        if (before != null) {
            return before;
        }
        Thread.ofVirtual().name("move-" + request.vmId()).start(work);
        return fresh;
    }

    private boolean send(Move request, Function<Channel, StreamTicket> tickets, AtomicBoolean ended) {
        Instant deadline = clock.instant().plus(AT_MOST);
        MigrationFolder sockets = new MigrationFolder(folder, request.migrationId(), qemu.read(deadline));
        notes.add(new Note(request.migrationId(), request.vmId(), Direction.LEAVING));
        try (MigrationSockets _ = MigrationSockets.open(vertx, sockets, tickets)) {
            requireWanted(ended);
            moves.move(
                    request.vmId(),
                    request.definition(),
                    request.volumesToSend(),
                    request.limits(),
                    way(sockets),
                    deadline);
            return true;
        } catch (FailureException e) {
            return requireGone(request.vmId(), ended, e);
        } finally {
            notes.remove(request.migrationId());
        }
    }

    private static Way way(MigrationFolder sockets) {
        return new Way(
                sockets.socketEverywhere(Channel.MEMORY),
                sockets.socketEverywhere(Channel.DISKS),
                sockets.socketEverywhere(Channel.LIBVIRT));
    }

    private static void requireWanted(AtomicBoolean ended) {
        if (ended.get()) {
            throw FailureException.of(FailureCode.CANCELLED, "The move was ended before it began.");
        }
    }

    /** libvirt may fail to say that it is done; where the guest runs on here, nothing is unknown about that. */
    private boolean requireGone(UUID vmId, AtomicBoolean ended, FailureException failure) {
        Stage stage = moves.stage(vmId, clock.instant().plus(LAST_LOOK));
        if (stage == Stage.GONE) {
            return true;
        }
        if (stage != Stage.RUNS) {
            throw failure;
        }
        FailureCode known = failure.code() == FailureCode.TIMEOUT ? FailureCode.HYPERVISOR : failure.code();
        throw new FailureException(
                new Failure(
                        ended.get() ? FailureCode.CANCELLED : known,
                        explained(failure.failure().message()) + " The virtual machine goes on where it was.",
                        failure.failure().details()),
                failure);
    }

    /** QEMU does not let go of what it had put before a disk for a move whose libvirtd was killed (seen with 7.2). */
    private static String explained(String message) {
        return message.contains(HELD_DISK)
                ? message
                        + " QEMU still holds a disk for an earlier move that was cut off. Only a new QEMU lets go: shut the"
                        + " virtual machine down and start it again, then move it."
                : message;
    }

    private void await(UUID vmId, Leaving move, Instant deadline) {
        try {
            move.work()
                    .get(Math.max(0, Duration.between(clock.instant(), deadline).toMillis()), TimeUnit.MILLISECONDS);
            leaving.remove(vmId, move);
        } catch (TimeoutException e) {
            throw new FailureException(atWork().failure(), e);
        } catch (ExecutionException e) {
            leaving.remove(vmId, move);
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a virtual machine could not be moved", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(atWork().failure(), e);
        }
    }

    private static FailureException atWork() {
        return FailureException.of(FailureCode.TIMEOUT, "The virtual machine is still on its way.");
    }

    private void pause(Instant deadline) {
        if (clock.instant().isAfter(deadline)) {
            throw atWork();
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    /** How far it is. */
    public CopyProgress look(UUID vmId, Instant deadline) {
        return isAtWork(vmId) ? moves.look(vmId, deadline) : new CopyProgress(CopyState.NOT_HERE, 0);
    }

    private boolean isAtWork(UUID vmId) {
        return Optional.ofNullable(leaving.get(vmId))
                .filter(it -> !it.work().isDone())
                .isPresent();
    }

    /** Breaks it off and waits until that is over, however it ends; success when nothing is at work. */
    public void end(UUID vmId, Instant deadline) {
        Optional<Leaving> known = Optional.ofNullable(leaving.get(vmId));
        known.ifPresent(it -> it.ended().set(true));
        while (known.filter(it -> !it.work().isDone()).isPresent() || isLeftBehind(vmId, deadline)) {
            moves.end(vmId, deadline);
            pause(deadline);
        }
    }

    /** libvirt notices a little later that the sockets of a process that died are closed. */
    private boolean isLeftBehind(UUID vmId, Instant deadline) {
        if (leftBehind.contains(vmId) && moves.stage(vmId, deadline) == Stage.AT_WORK) {
            return true;
        }
        leftBehind.remove(vmId);
        return false;
    }
}
