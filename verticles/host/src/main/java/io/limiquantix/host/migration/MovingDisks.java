package io.limiquantix.host.migration;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskOfDomain;
import io.limiquantix.bus.host.HostDiskMoveApi.MoveDisk;
import io.limiquantix.host.domain.DiskDestination;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.journal.Turns;
import io.limiquantix.host.libvirt.DiskMoves;
import io.limiquantix.host.libvirt.DiskMoves.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Brings disks to other places, a step at a time. QEMU does the work, so it outlives this process and libvirt's; each question about it
 * finds anew how far it is. Safe for any thread.
 */
public final class MovingDisks {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** Nobody asks again for one that so many came after. */
    private static final int REMEMBERED = 1_000;

    private final DiskMoves moves;
    private final Clock clock;
    private final Turns turns = new Turns();
    private final Map<UUID, Known> known = new LinkedHashMap<>();

    public MovingDisks(DiskMoves moves, Clock clock) {
        this.moves = moves;
        this.clock = clock;
    }

    /** What this process knows of a move. */
    private enum Known {
        BEGUN,
        /** Somebody does not want it any more. */
        ENDED
    }

    /**
     * Success when the guest has gone over. What goes on at the deadline goes on.
     *
     * @throws FailureException {@code TIMEOUT} while it is at work, {@code CANCELLED} when it was ended, {@code CONFLICT} when the domain
     *     does not run
     */
    public void move(MoveDisk request, DiskDestination to, Instant deadline) {
        while (step(request, to, deadline) != Stage.THERE) {
            if (clock.instant().plus(LOOK_EVERY).isAfter(deadline)) {
                throw FailureException.of(FailureCode.TIMEOUT, "The disk is still being copied.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private Stage step(MoveDisk request, DiskDestination to, Instant deadline) {
        try (Turns.Held _ = turns.take(request.vmId(), deadline)) {
            UUID vmId = request.vmId();
            requireWanted(request.moveId());
            Stage stage = moves.stage(vmId, to, deadline);
            switch (stage) {
                case AWAY -> {
                    requireFirst(request.moveId());
                    moves.begin(vmId, to, request.bandwidthMibPerSecond(), deadline);
                    note(request.moveId(), Known.BEGUN);
                }
                case READY -> moves.goOver(vmId, to, deadline);
                case AT_WORK -> note(request.moveId(), Known.BEGUN);
                case THERE -> {
                    // Nothing is left to be done.
                }
            }
            return stage;
        }
    }

    private void requireWanted(UUID moveId) {
        if (what(moveId) == Known.ENDED) {
            throw FailureException.of(FailureCode.CANCELLED, "The move of the disk was ended.");
        }
    }

    /** QEMU forgets a copy that failed, as for want of room. */
    private void requireFirst(UUID moveId) {
        if (what(moveId) == Known.BEGUN) {
            throw FailureException.of(
                    FailureCode.HYPERVISOR,
                    "QEMU ended the copying of the disk without success, as when its new place has no room left or fails;"
                            + " the host's log of the virtual machine says why. The guest goes on at the old place.");
        }
    }

    /** Lets a domain that is off start from the new place. */
    public void store(MoveDisk request, DiskDestination to, Instant deadline) {
        try (Turns.Held _ = turns.take(request.vmId(), deadline)) {
            requireWanted(request.moveId());
            moves.store(request.vmId(), to, deadline);
        }
    }

    /** Ends it for good and finds out on what the disk is. */
    public String settle(DiskOfDomain request, Instant deadline) {
        try (Turns.Held _ = turns.take(request.vmId(), deadline)) {
            note(request.moveId(), Known.ENDED);
            String serial = DiskName.serial(request.volumeId());
            while (moves.end(request.vmId(), serial, deadline)) {
                if (clock.instant().plus(LOOK_EVERY).isAfter(deadline)) {
                    throw FailureException.of(FailureCode.TIMEOUT, "The copying of the disk has not ended yet.");
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            return moves.settle(request.vmId(), serial, deadline);
        }
    }

    private synchronized @Nullable Known what(UUID moveId) {
        return known.get(moveId);
    }

    private synchronized void note(UUID moveId, Known what) {
        known.put(moveId, what);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
    }
}
