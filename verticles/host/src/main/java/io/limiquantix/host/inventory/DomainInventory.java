package io.limiquantix.host.inventory;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.DomainFacts;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.DomainListing.Glance;
import io.limiquantix.host.libvirt.Domains;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The domains as last reported. A report's number is taken before libvirt is read: whoever holds the greatest number then
 * has the latest truth, however the readings overtake each other.
 */
public final class DomainInventory {
    private final long processStart;
    private final Domains domains;
    private final DomainListing listing;
    private final Consumer<DomainReport> changed;
    private final Predicate<UUID> arriving;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<UUID, DomainReport> known = new ConcurrentHashMap<>();
    private final Set<UUID> askedToStop = ConcurrentHashMap.newKeySet();

    /**
     * @param processStart epoch milliseconds of this process
     * @param changed is told each difference, on the thread that found it
     * @param arriving whether a domain is on its way from another host, whose it is until it has arrived: nobody is told of it
     */
    public DomainInventory(
            long processStart,
            Domains domains,
            DomainListing listing,
            Consumer<DomainReport> changed,
            Predicate<UUID> arriving) {
        this.processStart = processStart;
        this.domains = domains;
        this.listing = listing;
        this.changed = changed;
        this.arriving = arriving;
    }

    /** Everything that was seen at one moment. */
    public record Full(long sequence, List<DomainReport> domains) {}

    public long nextSequence() {
        return sequence.incrementAndGet();
    }

    /** Notes that the guest was asked to shut down: until it does it is stopping. */
    public void stopAsked(UUID vmId) {
        askedToStop.add(vmId);
    }

    /** Notes that somebody changed their mind. */
    public void stopNoLongerAsked(UUID vmId) {
        askedToStop.remove(vmId);
    }

    /** Reads the domain now and tells when it changed. */
    public DomainReport look(UUID vmId, Instant deadline) {
        long number = nextSequence();
        DomainReport report = report(domains.get(vmId, deadline), number);
        accept(report);
        return report;
    }

    /** Reads all domains now, tells what changed, and answers those that we defined. */
    public Full lookAtAll(Instant deadline) {
        long number = nextSequence();
        List<DomainReport> reports = new ArrayList<>();
        for (DomainFacts facts : listing.ours(deadline)) {
            if (arriving.test(facts.vmId())) {
                continue;
            }
            DomainReport report = report(facts, number);
            accept(report);
            reports.add(report);
        }
        Set<UUID> vanished = new HashSet<>(known.keySet());
        reports.forEach(r -> vanished.remove(r.vmId()));
        vanished.forEach(id -> accept(report(DomainFacts.gone(id, "not there"), number)));
        return new Full(number, reports);
    }

    /** The domains whose state is not what was last reported, found with one cheap call. */
    public List<UUID> suspects(Instant deadline) {
        Map<UUID, Glance> glances = listing.glance(deadline);
        List<UUID> suspects = new ArrayList<>();
        for (DomainReport report : known.values()) {
            if (differs(report, glances.get(report.vmId()))) {
                suspects.add(report.vmId());
            }
        }
        return suspects;
    }

    private static boolean differs(DomainReport report, @Nullable Glance glance) {
        if (glance == null) {
            return true;
        }
        // What is on the disk is not in a glance.
        PowerState seen = report.state() == PowerState.SUSPENDED ? PowerState.STOPPED : report.state();
        boolean stopping = report.state() == PowerState.STOPPING && glance.state() == PowerState.RUNNING;
        return !stopping && (seen != glance.state() || !report.reason().equals(glance.reason()));
    }

    /** The domains as last reported. */
    public List<DomainReport> lastKnown() {
        return List.copyOf(known.values());
    }

    /** Whether it is known as one that we defined. */
    public boolean isOurs(UUID vmId) {
        return known.containsKey(vmId);
    }

    private DomainReport report(DomainFacts facts, long number) {
        return new DomainReport(
                facts.vmId(),
                facts.name(),
                stateOf(facts),
                reasonOf(facts),
                facts.defined(),
                facts.agentConnected(),
                facts.digest(),
                facts.pending(),
                processStart,
                number);
    }

    private String reasonOf(DomainFacts facts) {
        boolean waits = facts.state() == PowerState.PAUSED && arriving.test(facts.vmId());
        return waits ? DomainReport.ARRIVING : facts.reason();
    }

    private PowerState stateOf(DomainFacts facts) {
        if (facts.state() != PowerState.RUNNING) {
            askedToStop.remove(facts.vmId());
            return facts.state();
        }
        return askedToStop.contains(facts.vmId()) ? PowerState.STOPPING : PowerState.RUNNING;
    }

    private synchronized void accept(DomainReport report) {
        DomainReport before = known.get(report.vmId());
        boolean ours = report.digest() != null || before != null;
        if (!ours || arriving.test(report.vmId()) || (before != null && before.sequence() > report.sequence())) {
            return;
        }
        if (report.defined()) {
            known.put(report.vmId(), report);
        } else {
            known.remove(report.vmId());
        }
        if (before == null || !sameButNumber(before, report)) {
            changed.accept(report);
        }
    }

    private static boolean sameButNumber(DomainReport a, DomainReport b) {
        return a.state() == b.state()
                && a.reason().equals(b.reason())
                && a.defined() == b.defined()
                && a.agentConnected() == b.agentConnected()
                && a.domainName().equals(b.domainName())
                && a.pending().equals(b.pending())
                && Objects.equals(a.digest(), b.digest());
    }
}
