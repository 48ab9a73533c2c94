package io.limiquantix.host.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostNetworkApi.Lease;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.DomainListing.Defined;
import io.limiquantix.host.libvirt.DomainNics;
import io.limiquantix.host.libvirt.Networks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets guests send with the addresses that they were leased, where libvirt's filter goes on letting only an earlier one through. What it
 * goes by is what libvirt's DHCP server says, and never what a guest does.
 */
public final class LeaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Who was told to let an address through may have been started anew since. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(20);

    private final Networks networks;
    private final DomainListing domains;
    private final DomainNics nics;
    private final Clock clock;
    private final LeasesAnew anew = new LeasesAnew();
    private final Thread thread;
    private Map<String, Set<String>> told = Map.of();
    private Instant toldAt = Instant.EPOCH;

    public LeaseWatch(Networks networks, DomainListing domains, DomainNics nics, Clock clock) {
        this.networks = networks;
        this.domains = domains;
        this.nics = nics;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("leases").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                lookSafely();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            look(clock.instant().plus(PATIENCE));
        } catch (FailureException e) {
            // Others say that libvirt does not answer; it is asked again.
            LOG.debug("leases could not be followed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("leases could not be followed; the next try comes in {} s", EVERY.toSeconds(), e);
        }
    }

    private void look(Instant deadline) {
        List<Lease> leases = networks.allLeases(deadline);
        Map<String, Set<String>> cards = anew.take(leases);
        Instant now = clock.instant();
        if (cards.isEmpty() || (cards.equals(told) && now.isBefore(toldAt.plus(AGAIN_AFTER)))) {
            return;
        }
        domains.definitions(deadline).stream()
                .filter(Defined::active)
                .forEach(domain -> allow(domain, cards, deadline));
        told = cards;
        toldAt = now;
    }

    private void allow(Defined domain, Map<String, Set<String>> cards, Instant deadline) {
        domain.definition().nics().forEach(nic -> {
            String mac = nic.mac().toLowerCase(Locale.ROOT);
            Set<String> addresses = cards.get(mac);
            if (addresses != null && domain.definition().digest().isPresent()) {
                try {
                    nics.allow(domain.vmId(), mac, addresses, deadline);
                } catch (FailureException e) {
                    // One card that cannot be changed keeps no other one cut off; it is tried again.
                    LOG.warn(
                            "the card {} of VM {} is not let through with {}: {}",
                            mac,
                            domain.vmId(),
                            addresses,
                            e.getMessage());
                }
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
