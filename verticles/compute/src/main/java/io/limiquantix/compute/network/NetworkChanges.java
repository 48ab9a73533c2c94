package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkApi.ChangeNetwork;
import io.limiquantix.bus.compute.NetworkApi.HostChoice;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.compute.network.NetworkHosts.Outcome;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes what can be changed of networks. */
final class NetworkChanges {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkChanges.class);

    private final Database database;
    private final NetworkStore store;
    private final Networks networks;
    private final NetworkHosts hosts;
    private final NetworkReports reports;

    NetworkChanges(
            Database database, NetworkStore store, Networks networks, NetworkHosts hosts, NetworkReports reports) {
        this.database = database;
        this.store = store;
        this.networks = networks;
        this.hosts = hosts;
        this.reports = reports;
    }

    /** The hosts that are to have it now, and those that are not any more. */
    private record Moves(StoredNetwork network, Set<UUID> added, Set<UUID> removed) {}

    /** Returns before the hosts have done it: each one's state says when it has. */
    void change(ChangeNetwork wish, List<HostView> known, Caller caller) {
        if (wish.description() != null) {
            NetworkRules.description(wish.description());
        }
        if (wish.hosts() != null) {
            Networks.requireKnown(wish.hosts().hostIds(), known);
        }
        Moves moves = database.transaction(tx -> store(tx, wish, known));
        Thread.ofVirtual().name("network-moves").start(() -> carryOut(moves, known, caller));
    }

    private Moves store(Transaction tx, ChangeNetwork wish, List<HostView> known) {
        store.lockAll(tx);
        StoredNetwork network = store.lock(tx, wish.networkId());
        VersionCheck.require("network " + network.name(), wish.expectedVersion(), network.version());
        if (network.deleting()) {
            throw FailureException.conflict("The network " + network.name() + " is being deleted.");
        }
        HostChoice choice = wish.hosts();
        boolean allHosts =
                choice == null ? network.allHosts() : choice.hostIds().isEmpty();
        Moves moves = choice == null ? new Moves(network, Set.of(), Set.of()) : moves(tx, network, choice, known);
        store.describe(
                tx,
                network.id(),
                or(wish.description(), network.description()),
                or(wish.spoofProtection(), network.spoofProtection()),
                allHosts);
        store.assign(tx, network.id(), moves.added());
        store.unassign(tx, network.id(), moves.removed());
        return moves;
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }

    private Moves moves(Transaction tx, StoredNetwork network, HostChoice choice, List<HostView> known) {
        Set<UUID> before =
                store.hosts(tx, network.id()).stream().map(OnHost::hostId).collect(Collectors.toSet());
        Set<UUID> after = choice.hostIds().isEmpty()
                ? known.stream().map(HostView::id).collect(Collectors.toSet())
                : Set.copyOf(choice.hostIds());
        Set<UUID> removed = new HashSet<>(before);
        removed.removeAll(after);
        List<String> users = removed.isEmpty() ? List.of() : store.users(tx, network.id(), removed);
        if (!users.isEmpty()) {
            throw FailureException.conflict("Virtual machines on the hosts that are to lose the network "
                    + network.name() + " have cards on it: " + String.join(", ", users) + ".");
        }
        networks.requireFree(tx, network, after);
        Set<UUID> added = new HashSet<>(after);
        added.removeAll(before);
        return new Moves(network, added, removed);
    }

    /** What cannot be done now is done when the host reports. */
    private void carryOut(Moves moves, List<HostView> known, Caller caller) {
        StoredNetwork network = moves.network();
        for (UUID hostId : moves.added()) {
            if (network.isOfHosts()) {
                known.stream().filter(host -> host.id().equals(hostId)).forEach(host -> note(network, host));
            } else {
                reports.make(network, hostId, caller);
            }
        }
        for (UUID hostId : network.isOfHosts() ? Set.<UUID>of() : moves.removed()) {
            try {
                hosts.remove(network.id(), hostId, caller);
            } catch (FailureException e) {
                LOG.warn("host {} has to give up the network {} later", hostId, network.name(), e);
            }
        }
    }

    private void note(StoredNetwork network, HostView host) {
        Outcome outcome = NetworkHosts.ofHost(network, host.networks());
        HostState state = outcome.state();
        database.run(tx -> store.found(tx, network.id(), host.id(), state, outcome.problem()));
    }
}
