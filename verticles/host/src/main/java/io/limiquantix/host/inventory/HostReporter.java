package io.limiquantix.host.inventory;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.host.capability.Capabilities;
import io.limiquantix.host.capability.CapabilityReading;
import io.limiquantix.host.capability.MachineMemory;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.runtime.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together everything that this host knows, and tells it at the start, every 30 s, and at once when libvirt comes or
 * goes. While libvirt cannot be used the domains and networks are the last known ones, with the problem beside them: a silent libvirt
 * never looks like stopped machines.
 */
public final class HostReporter {
    private static final Logger LOG = LoggerFactory.getLogger(HostReporter.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Identity identity;
    private final Sources sources;
    private final Clock clock;
    private final Consumer<HostReport> publish;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean wanted;
    private volatile List<NetworkReport> lastNetworks = List.of();

    /**
     * Who reports.
     *
     * @param bootId of the machine, as far as it is known
     */
    public record Identity(
            UUID hostId,
            String name,
            long processStart,
            @Nullable String bootId) {}

    /** Where it is read. */
    public record Sources(
            LibvirtConnection connection,
            DomainInventory inventory,
            Function<Instant, List<NetworkReport>> networks,
            Capabilities capabilities,
            CapabilityReading reading,
            OpenPools pools) {}

    public HostReporter(Identity identity, Sources sources, Clock clock, Consumer<HostReport> publish) {
        this.identity = identity;
        this.sources = sources;
        this.clock = clock;
        this.publish = publish;
        this.thread = Thread.ofVirtual().name("host-reporter").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Asks for a report soon, without waiting. */
    public void reportSoon() {
        wanted = true;
    }

    private void run() {
        Instant next = clock.instant();
        Optional<String> problem = Optional.empty();
        try {
            while (open) {
                Optional<String> now = sources.connection().problem();
                if (wanted
                        || now.isPresent() != problem.isPresent()
                        || !clock.instant().isBefore(next)) {
                    wanted = false;
                    problem = now;
                    next = clock.instant().plus(EVERY);
                    tell();
                }
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            HostReport report = report(clock.instant().plus(PATIENCE));
            publish.accept(report);
            if (report.capabilities() == null && report.hypervisorProblem() == null) {
                sources.reading().ifUnknown(this::reportSoon);
            }
        } catch (RuntimeException e) {
            LOG.error("a report could not be made; the next one comes in {} s", EVERY.toSeconds(), e);
        }
    }

    /** Everything, as of now. */
    public HostReport report(Instant deadline) {
        Optional<String> problem = sources.connection().problem();
        if (problem.isEmpty()) {
            try {
                DomainInventory.Full full = sources.inventory().lookAtAll(deadline);
                lastNetworks = sources.networks().apply(deadline);
                return report(full, null);
            } catch (FailureException e) {
                problem = Optional.of(e.failure().message());
            }
        }
        var last = new DomainInventory.Full(
                sources.inventory().nextSequence(), sources.inventory().lastKnown());
        return report(last, problem.get());
    }

    private HostReport report(DomainInventory.Full full, @Nullable String problem) {
        return new HostReport(
                identity.hostId(),
                identity.name(),
                Platform.VERSION,
                identity.processStart(),
                full.sequence(),
                sources.capabilities().known(),
                problem,
                MachineMemory.availableBytes(),
                MachineLoad.average(),
                full.domains(),
                sources.pools().reports(),
                lastNetworks,
                identity.bootId());
    }

    /** Asks the thread to end, without waiting: a report that is being made may still be published. */
    public void close() {
        open = false;
        thread.interrupt();
    }
}
