package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.libvirt.BulkStatistics;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * Numbers of all domains in one call. A QEMU that hangs holds up the call that asks it first, for as long as it hangs; later
 * calls pass it over, as libvirt says that it is busy. So these calls have a connection of their own, on which nobody else
 * waits, and only a few may hang at a time. A guest that was passed over only because somebody else asked it at the same moment, as
 * another monitoring does that also keeps to the clock, is asked once more. Used by one thread.
 */
public final class DomainStatistics {
    /** libvirtd takes five requests at a time from one connection (max_client_requests). */
    private static final int MOST_AT_A_TIME = 4;

    /** After so many readings without it, a guest is taken to hang: it is not worth asking all others twice. */
    private static final int MOST_MISSED = 3;

    private static final int LEAST_PAUSE_MILLIS = 100;
    private static final int MOST_PAUSE_MILLIS = 600;

    private final LibvirtConnection connection;
    private final AtomicInteger underWay = new AtomicInteger();
    private Map<UUID, Integer> missed = Map.of();

    /** @param connection of this reader alone */
    public DomainStatistics(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** Why libvirt cannot be asked now. */
    public Optional<String> problem() {
        return connection.problem();
    }

    /**
     * Every domain of the host, also those of others and those that do not run.
     *
     * @throws FailureException when libvirt has not answered by the deadline
     */
    public List<DomainFigures> read(Instant deadline) throws InterruptedException {
        List<DomainFigures> found = once(deadline);
        if (found.stream().anyMatch(this::isWorthAskingAgain)) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
            found = preferred(once(deadline), found);
        }
        missed = missedIn(found);
        return found;
    }

    private boolean isWorthAskingAgain(DomainFigures domain) {
        return domain.isPassedOver() && missed.getOrDefault(domain.vmId(), 0) < MOST_MISSED;
    }

    private static List<DomainFigures> preferred(List<DomainFigures> later, List<DomainFigures> earlier) {
        Map<UUID, DomainFigures> before =
                earlier.stream().collect(Collectors.toMap(DomainFigures::vmId, Function.identity()));
        return later.stream()
                .map(domain -> domain.isPassedOver() ? before.getOrDefault(domain.vmId(), domain) : domain)
                .toList();
    }

    private Map<UUID, Integer> missedIn(List<DomainFigures> found) {
        Map<UUID, Integer> now = new HashMap<>();
        found.stream()
                .filter(DomainFigures::isPassedOver)
                .forEach(domain -> now.put(domain.vmId(), missed.getOrDefault(domain.vmId(), 0) + 1));
        return now;
    }

    private List<DomainFigures> once(Instant deadline) {
        if (underWay.get() >= MOST_AT_A_TIME) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE,
                    "Guests cannot be measured: " + MOST_AT_A_TIME
                            + " calls hang in libvirt. Look for QEMU processes that are stopped or wait for storage.");
        }
        // The order of calls is that of their domains: one of a domain that nobody has waits for no other.
        return connection.callFor(UUID.randomUUID(), "The guests could not be measured", deadline, this::read);
    }

    private List<DomainFigures> read(Connect connect) throws LibvirtException {
        underWay.incrementAndGet();
        try {
            return BulkStatistics.read(connect).stream()
                    .map(f -> new DomainFigures(f.uuid(), f.id(), f.numbers(), f.texts()))
                    .toList();
        } finally {
            underWay.decrementAndGet();
        }
    }
}
