package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to hosts, and asks where they have said too little. */
final class HostListener {
    private static final Logger LOG = LoggerFactory.getLogger(HostListener.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final Sightings sightings;
    private final Reconciler reconciler;
    private final HostBoots boots;
    private final Map<UUID, Set<UUID>> unmanaged = new ConcurrentHashMap<>();

    HostListener(Database database, Bus bus, VmStore vms, Sightings sightings, Reconciler reconciler, HostBoots boots) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.sightings = sightings;
        this.reconciler = reconciler;
        this.boots = boots;
    }

    void listen() {
        bus.subscribe(HostApi.REPORTED, this::heard);
        bus.subscribe(HostApi.DOMAIN_CHANGED, reconciler::accept);
    }

    private void heard(HostReport report) {
        noteUnmanaged(report);
        List<UUID> missed = reconciler.accept(report, boots::heard);
        if (!missed.isEmpty()) {
            Thread.ofVirtual().name("missed-domains").start(() -> missed.forEach(vm -> verify(report.hostId(), vm)));
        }
    }

    /** A report may be a moment older than a domain, so the host is asked before a VM is called lost. */
    private void verify(UUID hostId, UUID vmId) {
        try {
            reconciler.answered(hostId, bus.request(DomainApi.GET.at(hostId), new DomainApi.Domain(vmId), caller()));
        } catch (FailureException e) {
            LOG.info("host {} does not say whether it has VM {}: {}", hostId, vmId, e.getMessage());
        }
    }

    private void noteUnmanaged(HostReport report) {
        Set<UUID> reported = report.domains().stream().map(DomainReport::vmId).collect(Collectors.toSet());
        Set<UUID> strangers = database.transaction(tx -> vms.strangers(tx, reported));
        Set<UUID> before = unmanaged.put(report.hostId(), strangers);
        Set<UUID> fresh = new HashSet<>(strangers);
        fresh.removeAll(before == null ? Set.of() : before);
        fresh.forEach(vmId -> LOG.warn(
                "host {} has a domain of VM {}, which is not known here; it is left alone", report.name(), vmId));
    }

    /** To be called when this process begins to listen: asks every known host how it is. */
    void catchUp() {
        askAll(database.transaction(tx -> sightings.silentFor(tx, Duration.ZERO)));
    }

    /** Events may be lost, so a late host is asked before its VMs are called unknown. */
    void round() {
        askAll(database.transaction(tx -> sightings.silentFor(tx, Sightings.LATE)));
        database.transaction(tx -> sightings.silentFor(tx, Sightings.SILENT)).forEach(reconciler::silent);
    }

    private void askAll(List<UUID> hostIds) {
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            hostIds.forEach(hostId -> askers.execute(() -> ask(hostId)));
        }
    }

    private void ask(UUID hostId) {
        try {
            heard(bus.request(HostApi.DESCRIBE.at(hostId), Nothing.NOTHING, caller()));
        } catch (FailureException e) {
            LOG.debug("host {} does not describe itself: {}", hostId, e.getMessage());
        }
    }

    private static Caller caller() {
        return Caller.of(Actor.platform("compute"), ANSWER);
    }
}
