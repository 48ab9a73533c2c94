package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkApi.SilentHost;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asks all hosts of a network at once which addresses they have given out. */
final class NetworkLeases {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final Bus bus;
    private final NetworkStore store;

    NetworkLeases(Database database, Bus bus, NetworkStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    private record Subject(StoredNetwork network, List<UUID> hosts) {}

    private record Answer(
            UUID hostId,
            List<HostNetworkApi.Lease> leases,
            @Nullable String problem) {}

    private record User(UUID vmId, String name) {}

    NetworkApi.NetworkLeases ask(UUID networkId, Caller caller) {
        Subject subject = database.transaction(tx -> new Subject(
                store.get(tx, networkId),
                store.hosts(tx, networkId).stream().map(OnHost::hostId).toList()));
        List<Answer> answers = askAll(subject, caller);
        Map<String, User> users = database.transaction(tx -> users(tx, networkId));
        List<NetworkApi.Lease> leases = new ArrayList<>();
        List<SilentHost> silent = new ArrayList<>();
        for (Answer answer : answers) {
            if (answer.problem() != null) {
                silent.add(new SilentHost(answer.hostId(), answer.problem()));
            }
            answer.leases().forEach(lease -> leases.add(lease(answer.hostId(), lease, users.get(lease.mac()))));
        }
        leases.sort(Comparator.comparing(NetworkApi.Lease::ip).thenComparing(NetworkApi.Lease::hostId));
        return new NetworkApi.NetworkLeases(leases, silent);
    }

    private List<Answer> askAll(Subject subject, Caller caller) {
        List<Future<Answer>> asked;
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = subject.hosts().stream()
                    .map(host -> askers.submit(() -> ask(subject.network(), host, caller)))
                    .toList();
        }
        return asked.stream().map(Future::resultNow).toList();
    }

    private Answer ask(StoredNetwork network, UUID hostId, Caller caller) {
        try {
            var request = new HostNetworkApi.LeasesOf(network.libvirtName());
            return new Answer(
                    hostId,
                    bus.request(HostNetworkApi.LEASES.at(hostId), request, caller.within(PATIENCE))
                            .items(),
                    null);
        } catch (FailureException e) {
            return new Answer(hostId, List.of(), e.failure().message());
        }
    }

    private static Map<String, User> users(Transaction tx, UUID networkId) {
        Map<String, User> users = new HashMap<>();
        tx.query(
                        "select mac, vms.id, vms.name from compute.network_uses join compute.macs using (mac)"
                                + " join compute.vms on vms.id = vm_id where network_id = $1",
                        row -> Map.entry(row.text("mac"), new User(row.uuid("id"), row.text("name"))),
                        networkId)
                .forEach(user -> users.put(user.getKey(), user.getValue()));
        return users;
    }

    private static NetworkApi.Lease lease(UUID hostId, HostNetworkApi.Lease lease, @Nullable User user) {
        return new NetworkApi.Lease(
                hostId,
                lease.mac(),
                lease.ip(),
                lease.prefix(),
                lease.hostName(),
                lease.expiresAt(),
                user == null ? null : user.vmId(),
                user == null ? null : user.name());
    }
}
