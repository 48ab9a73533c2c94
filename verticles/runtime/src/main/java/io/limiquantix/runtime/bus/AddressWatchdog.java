package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.peer.PeerApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a peer every 10 s whether it reaches the addresses that only this process serves, and registers anew what it
 * does not: after a partition the cluster can have lost them without a word to us.
 */
public final class AddressWatchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AddressWatchdog.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration PEER_FORGOTTEN = Duration.ofSeconds(35);
    private static final int ROUNDS_TO_ALARM = 3;

    private final Bus bus;
    private final UUID processId = UUID.randomUUID();
    private final Map<UUID, Instant> peers = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("address-watchdog").unstarted(this::watch);
    private volatile int roundsUnreachable;

    private AddressWatchdog(Bus bus) {
        this.bus = bus;
    }

    public static AddressWatchdog start(Bus bus) {
        AddressWatchdog watchdog = new AddressWatchdog(bus);
        bus.serve(PeerApi.PROBE, watchdog.processId, (probe, caller) -> watchdog.probe(probe));
        bus.subscribe(PeerApi.HELLO, watchdog::greeted);
        watchdog.thread.start();
        return watchdog;
    }

    /** What is wrong while peers go on not reaching this process. */
    public Optional<String> problem() {
        return roundsUnreachable < ROUNDS_TO_ALARM
                ? Optional.empty()
                : Optional.of("Other processes do not reach this one; it should be restarted.");
    }

    private PeerApi.Unreachable probe(PeerApi.Probe probe) {
        return new PeerApi.Unreachable(
                probe.addresses().stream().filter(a -> !bus.isServed(a)).toList());
    }

    private void greeted(PeerApi.Hello hello) {
        if (!hello.processId().equals(processId)) {
            peers.put(hello.processId(), Instant.now());
        }
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                bus.publish(PeerApi.HELLO, new PeerApi.Hello(processId));
                TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
                checkThroughPeer();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("the addresses of this process could not be checked", e);
            }
        }
    }

    private void checkThroughPeer() {
        peers.values().removeIf(seen -> seen.isBefore(Instant.now().minus(PEER_FORGOTTEN)));
        Optional<UUID> peer = peers.keySet().stream().findAny();
        if (peer.isEmpty()) {
            roundsUnreachable = 0;
            return;
        }
        List<String> own = bus.registrations().servedAlone();
        try {
            List<String> lost = bus.request(
                            PeerApi.PROBE.at(peer.get()),
                            new PeerApi.Probe(own),
                            Caller.of(Actor.platform("watchdog"), PERIOD.multipliedBy(3)))
                    .addresses();
            roundsUnreachable = lost.isEmpty() ? 0 : roundsUnreachable + 1;
            lost.forEach(this::renew);
        } catch (FailureException e) {
            LOG.info("peer {} does not answer: {}", peer.get(), e.getMessage());
            peers.remove(peer.get());
        }
    }

    private void renew(String address) {
        LOG.warn("{} is not reachable from a peer; registering it anew", address);
        bus.registrations().renew(address);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
