package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkApi.CreateNetwork;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.compute.network.NetworkHosts.Outcome;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Begins to make networks and to delete them. */
final class Networks {
    private final Database database;
    private final NetworkStore store;
    private final Tasks tasks;
    private final CreateNetworkTask create;
    private final DeleteNetworkTask delete;

    Networks(Database database, NetworkStore store, Tasks tasks, CreateNetworkTask create, DeleteNetworkTask delete) {
        this.database = database;
        this.store = store;
        this.tasks = tasks;
        this.create = create;
        this.delete = delete;
    }

    TaskRef create(CreateNetwork wish, List<HostView> known, Caller caller) {
        Optional<TaskRef> before = begunBy(caller);
        if (before.isPresent()) {
            return before.get();
        }
        Settings settings = NetworkRules.accept(wish);
        requireKnown(wish.hostIds(), known);
        StoredNetwork network = new StoredNetwork(
                Uuid7.next(),
                wish.name(),
                wish.description(),
                wish.kind(),
                settings,
                wish.spoofProtection(),
                wish.hostIds().isEmpty(),
                false,
                Instant.EPOCH,
                1);
        List<OnHost> hosts = known.stream()
                .filter(host -> network.allHosts() || wish.hostIds().contains(host.id()))
                .map(host -> onHost(network, host))
                .toList();
        try {
            return database.transaction(tx -> store(tx, network, hosts, caller));
        } catch (FailureException e) {
            // The same operation at the same moment: the other one of the two has the name.
            return begunBy(caller).orElseThrow(() -> e);
        }
    }

    private Optional<TaskRef> begunBy(Caller caller) {
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
    }

    static void requireKnown(List<UUID> hostIds, List<HostView> known) {
        Set<UUID> ids = known.stream().map(HostView::id).collect(Collectors.toSet());
        hostIds.stream().filter(id -> !ids.contains(id)).findFirst().ifPresent(id -> {
            throw FailureException.invalid("hostIds", "There is no host " + id + ".");
        });
    }

    private static OnHost onHost(StoredNetwork network, HostView host) {
        Outcome outcome = network.isOfHosts()
                ? NetworkHosts.ofHost(network, host.networks())
                : new Outcome(HostState.PENDING, null);
        return new OnHost(host.id(), outcome.state(), outcome.problem(), Instant.EPOCH);
    }

    private TaskRef store(Transaction tx, StoredNetwork network, List<OnHost> hosts, Caller caller) {
        store.lockAll(tx);
        requireFree(tx, network, hosts.stream().map(OnHost::hostId).collect(Collectors.toSet()));
        store.add(tx, network);
        store.assign(tx, network.id(), hosts.stream().map(OnHost::hostId).toList());
        return tasks.submit(
                tx,
                new Submission<>(
                        create.kind(),
                        new CreateNetworkTask.Input(network.id(), hosts),
                        caller.operationId(),
                        caller.actor(),
                        "network",
                        network.id(),
                        network.name()));
    }

    /** No host is to have two networks with the same addresses; to be asked with all networks locked. */
    void requireFree(Transaction tx, StoredNetwork network, Set<UUID> hostIds) {
        if (network.settings().subnet() == null) {
            return;
        }
        Ipv4Subnet subnet = Ipv4Subnet.parse(network.settings().subnet()).orElseThrow();
        for (StoredNetwork other : store.all(tx)) {
            String taken = other.settings().subnet();
            boolean overlaps = taken != null
                    && !other.id().equals(network.id())
                    && Ipv4Subnet.parse(taken).orElseThrow().overlaps(subnet);
            if (overlaps && sharesHost(tx, network, hostIds, other)) {
                throw FailureException.invalid(
                        "subnet",
                        subnet + " overlaps " + taken + " of the network " + other.name()
                                + ", which the same hosts have; choose another subnet or other hosts.");
            }
        }
    }

    private boolean sharesHost(Transaction tx, StoredNetwork network, Set<UUID> hostIds, StoredNetwork other) {
        return network.allHosts()
                || other.allHosts()
                || store.hosts(tx, other.id()).stream().anyMatch(host -> hostIds.contains(host.hostId()));
    }

    TaskRef delete(NetworkApi.Network request, Caller caller) {
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId())
                .orElseGet(() -> beginDeletion(tx, request.networkId(), caller)));
    }

    private TaskRef beginDeletion(Transaction tx, UUID networkId, Caller caller) {
        store.lockAll(tx);
        StoredNetwork network = store.lock(tx, networkId);
        if (store.uses(tx, networkId) > 0) {
            throw FailureException.conflict("Virtual machines have cards on the network " + network.name() + ": "
                    + String.join(", ", store.users(tx, networkId, null))
                    + ". Move those to another network or remove them first.");
        }
        TaskRef ref = tasks.submit(
                tx,
                new Submission<>(
                        delete.kind(),
                        new DeleteNetworkTask.Input(
                                networkId,
                                store.hosts(tx, networkId).stream()
                                        .map(OnHost::hostId)
                                        .toList()),
                        caller.operationId(),
                        caller.actor(),
                        "network",
                        networkId,
                        network.name()));
        store.setDeleting(tx, networkId, true);
        return ref;
    }
}
