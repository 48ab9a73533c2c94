package io.limiquantix.compute.network;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.HostReport.OurNetwork;
import io.limiquantix.compute.network.NetworkHosts.Outcome;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what hosts report of networks, and has a host correct what is not as it should be. */
public final class NetworkReports {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkReports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What one host is to be asked. */
    private record Work(List<StoredNetwork> missing, Set<UUID> strays) {
        boolean isNone() {
            return missing.isEmpty() && strays.isEmpty();
        }
    }

    private final Database database;
    private final NetworkStore store;
    private final NetworkHosts hosts;
    private final Set<UUID> beingCorrected = ConcurrentHashMap.newKeySet();

    NetworkReports(Database database, NetworkStore store, NetworkHosts hosts) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
    }

    /** A host that is slow to do what it is asked holds up no report of another, and is not asked twice at a time. */
    public void take(HostReport host) {
        if (host.hypervisorProblem() != null) {
            // Its networks are the last known ones.
            return;
        }
        Work work = database.transaction(tx -> work(tx, host));
        if (!work.isNone() && beingCorrected.add(host.hostId())) {
            Thread.ofVirtual().name("networks-of-" + host.name()).start(() -> {
                try {
                    correct(host, work);
                } finally {
                    beingCorrected.remove(host.hostId());
                }
            });
        }
    }

    private Work work(Transaction tx, HostReport host) {
        store.assignToAll(tx, host.hostId());
        Set<UUID> strays = new HashSet<>();
        host.networks().stream()
                .map(NetworkReport::ours)
                .filter(Objects::nonNull)
                .forEach(ours -> strays.add(ours.networkId()));
        List<StoredNetwork> missing = new ArrayList<>();
        for (NetworkStore.Assigned assigned : store.assignedTo(tx, host.hostId())) {
            StoredNetwork network = assigned.network();
            strays.remove(network.id());
            if (network.isOfHosts()) {
                note(tx, network, host.hostId(), NetworkHosts.ofHost(network, host.networks()));
            } else if (isThere(network, host)) {
                note(tx, network, host.hostId(), Outcome.READY);
            } else {
                missing.add(network);
            }
        }
        return new Work(missing, strays);
    }

    private static boolean isThere(StoredNetwork network, HostReport host) {
        Optional<OurNetwork> ours = host.networks().stream()
                .map(NetworkReport::ours)
                .filter(Objects::nonNull)
                .filter(there -> there.networkId().equals(network.id()))
                .findFirst();
        return ours.isPresent() && ours.get().problem() == null;
    }

    private void note(Transaction tx, StoredNetwork network, UUID hostId, Outcome outcome) {
        store.found(tx, network.id(), hostId, outcome.state(), outcome.problem());
    }

    private void correct(HostReport host, Work work) {
        Caller caller = Caller.of(Actor.platform("compute"), PATIENCE);
        for (StoredNetwork network : work.missing()) {
            attempt("be made again", network.id(), host, () -> make(network, host.hostId(), caller));
        }
        for (UUID stray : work.strays()) {
            attempt("be removed", stray, host, () -> remove(stray, host.hostId(), caller));
        }
    }

    /** Until somebody knows better, one that does not answer is as it was. */
    void make(StoredNetwork network, UUID hostId, Caller caller) {
        Outcome outcome = hosts.ensure(network, hostId, caller);
        if (outcome.state() != HostState.PENDING) {
            database.run(tx -> note(tx, network, hostId, outcome));
        }
        if (outcome.problem() != null) {
            LOG.warn("host {} does not have the network {}: {}", hostId, network.name(), outcome.problem());
        }
    }

    /** It may have been given to the host since. */
    private void remove(UUID networkId, UUID hostId, Caller caller) {
        boolean wanted = database.transaction(tx -> store.hosts(tx, networkId).stream()
                .anyMatch(host -> host.hostId().equals(hostId)));
        if (!wanted) {
            hosts.remove(networkId, hostId, caller);
        }
    }

    private static void attempt(String what, UUID networkId, HostReport host, Runnable action) {
        try {
            LOG.info("the network {} is to {} on host {}", networkId, what, host.name());
            action.run();
        } catch (FailureException | DatabaseException e) {
            LOG.warn("the network {} could not {} on host {}: {}", networkId, what, host.name(), e.getMessage());
        }
    }
}
