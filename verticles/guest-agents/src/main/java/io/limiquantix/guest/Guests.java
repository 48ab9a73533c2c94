package io.limiquantix.guest;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The running guests, and when each is to be asked next. Safe for any thread; no input or output. */
final class Guests {
    static final Duration UNTIL_IT_ANSWERS = Duration.ofSeconds(10);
    static final Duration AFTERWARDS = Duration.ofSeconds(30);

    /** An event may be lost on its way, so what did not change is told again from time to time. */
    static final Duration TOLD_AGAIN = Duration.ofMinutes(5);

    record Guest(UUID vmId, UUID hostId) {}

    private static final class Entry {
        private final Guest guest;
        private boolean connected;
        private boolean beingAsked;
        private Instant next;
        private @Nullable GuestReport told;
        private Instant toldAt = Instant.MIN;

        private Entry(Guest guest, Instant now) {
            this.guest = guest;
            this.next = now;
        }
    }

    private final Map<UUID, Entry> running = new HashMap<>();

    /** Takes in everything that a host has; its guests that are not in there have stopped. */
    synchronized void hear(HostReport report, Instant now) {
        if (report.hypervisorProblem() != null) {
            return;
        }
        Set<UUID> reported = report.domains().stream().map(DomainReport::vmId).collect(Collectors.toSet());
        running.values()
                .removeIf(entry ->
                        entry.guest.hostId().equals(report.hostId()) && !reported.contains(entry.guest.vmId()));
        report.domains().forEach(domain -> hear(report.hostId(), domain, now));
    }

    /** Takes in how a domain is. A guest whose agent has just appeared is asked at once. */
    synchronized void hear(UUID hostId, DomainReport domain, Instant now) {
        if (domain.state() != PowerState.RUNNING || !domain.defined()) {
            running.computeIfPresent(
                    domain.vmId(), (id, entry) -> entry.guest.hostId().equals(hostId) ? null : entry);
            return;
        }
        Guest guest = new Guest(domain.vmId(), hostId);
        Entry entry = running.compute(
                domain.vmId(),
                (id, known) -> known != null && known.guest.equals(guest) ? known : new Entry(guest, now));
        if (domain.agentConnected() && !entry.connected) {
            entry.next = now;
        }
        entry.connected = domain.agentConnected();
    }

    /** Guests whose turn it is, the longest overdue first; none of them comes again until it {@link #answered}. */
    synchronized List<Guest> take(Instant now, int most) {
        List<Entry> due = running.values().stream()
                .filter(entry -> !entry.beingAsked && !entry.next.isAfter(now))
                .sorted(Comparator.comparing(entry -> entry.next))
                .limit(most)
                .toList();
        due.forEach(entry -> entry.beingAsked = true);
        return due.stream().map(entry -> entry.guest).toList();
    }

    /** Takes in an answer; true when it is to be told to others. */
    synchronized boolean answered(GuestReport report, Instant now) {
        Entry entry = running.get(report.vmId());
        if (entry == null) {
            return true;
        }
        entry.beingAsked = false;
        entry.next = now.plus(report.answered() ? AFTERWARDS : UNTIL_IT_ANSWERS);
        boolean news = !report.equals(entry.told) || now.isAfter(entry.toldAt.plus(TOLD_AGAIN));
        if (news) {
            entry.told = report;
            entry.toldAt = now;
        }
        return news;
    }

    /** The host could not be asked; it is tried again later. */
    synchronized void unanswered(UUID vmId, Instant now) {
        Entry entry = running.get(vmId);
        if (entry != null) {
            entry.beingAsked = false;
            entry.next = now.plus(UNTIL_IT_ANSWERS);
        }
    }
}
