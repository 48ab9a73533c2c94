package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.bus.compute.NetworkView.State;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.ActiveTask;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Networks as clients see them. */
final class NetworkViews {
    private static final int MOST_ITEMS = 1_000;

    private final Database database;
    private final NetworkStore store;
    private final Tasks tasks;

    NetworkViews(Database database, NetworkStore store, Tasks tasks) {
        this.database = database;
        this.store = store;
        this.tasks = tasks;
    }

    NetworkView get(UUID id) {
        return database.transaction(tx -> views(tx, List.of(store.get(tx, id))).getFirst());
    }

    NetworkApi.Networks list(NetworkApi.ListNetworks request) {
        int limit = request.page().limit();
        if (limit < 1 || limit > MOST_ITEMS) {
            throw FailureException.invalid("limit", "A page has 1 to " + MOST_ITEMS + " items.");
        }
        String after = nameIn(request.page().cursor());
        List<NetworkView> all = database.transaction(tx -> views(tx, store.list(tx, request, after)));
        List<NetworkView> page = PageRoom.fitting(all, limit, Function.identity());
        return new NetworkApi.Networks(
                page, page.size() < all.size() ? cursorAfter(page.getLast().name()) : null);
    }

    private List<NetworkView> views(Transaction tx, List<StoredNetwork> networks) {
        Map<UUID, ActiveTask> active =
                tasks.activeOn(tx, networks.stream().map(StoredNetwork::id).toList());
        return networks.stream()
                .map(network -> view(
                        network, store.hosts(tx, network.id()), store.uses(tx, network.id()), active.get(network.id())))
                .toList();
    }

    private static NetworkView view(StoredNetwork network, List<OnHost> hosts, int cards, @Nullable ActiveTask active) {
        return new NetworkView(
                network.id(),
                network.name(),
                network.description(),
                network.kind(),
                network.settings(),
                network.spoofProtection(),
                network.allHosts(),
                network.deleting() ? State.DELETING : state(hosts),
                hosts,
                cards,
                active == null ? null : active.taskId(),
                network.createdAt(),
                network.version());
    }

    static State state(List<OnHost> hosts) {
        long ready = hosts.stream().filter(h -> h.state() == HostState.READY).count();
        if (ready > 0) {
            return ready == hosts.size() ? State.READY : State.DEGRADED;
        }
        return hosts.stream().anyMatch(h -> h.state() == HostState.FAILED) ? State.FAILED : State.PENDING;
    }

    private static String cursorAfter(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String nameIn(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw FailureException.invalid("cursor", "This cursor is not one that a list of networks returned.");
        }
    }
}
