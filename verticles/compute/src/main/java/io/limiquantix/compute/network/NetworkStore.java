package io.limiquantix.compute.network;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkApi.ListNetworks;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The networks in the database. Whatever a client can see is noted as a change with it. */
public final class NetworkStore {
    private static final String KIND = "network";

    /** Until the transaction ends, nobody else adds a network or gives one to further hosts. */
    void lockAll(Transaction tx) {
        tx.update("lock table compute.networks in share row exclusive mode");
    }

    /** Refused when its name, its bridge and VLAN, or its libvirt network is another's. */
    void add(Transaction tx, StoredNetwork network) {
        try {
            tx.update(
                    "insert into compute.networks (id, name, description, kind, settings, spoof_protection, all_hosts)"
                            + " values ($1, $2, $3, $4, $5, $6, $7)",
                    network.id(),
                    network.name(),
                    network.description(),
                    network.kind(),
                    Json.of(network.settings()),
                    network.spoofProtection(),
                    network.allHosts());
        } catch (DatabaseException e) {
            throw refusal(network, e);
        }
        tx.changed(KIND, network.id(), Change.CREATED);
    }

    private static RuntimeException refusal(StoredNetwork network, DatabaseException e) {
        return switch (String.valueOf(e.violatedUnique())) {
            case "networks_name" -> taken("name", "There is already a network called " + network.name() + ".");
            case "networks_bridge" ->
                taken(
                        network.settings().vlanId() == null ? "bridge" : "vlanId",
                        "Another network is on the bridge " + network.settings().bridge()
                                + (network.settings().vlanId() == null
                                        ? " without a VLAN"
                                        : " with the VLAN " + network.settings().vlanId())
                                + " already; use that one.");
            case "networks_host_network" ->
                taken(
                        "hostNetwork",
                        "Another network is libvirt's " + network.settings().hostNetwork() + " already; use that one.");
            default -> e;
        };
    }

    private static FailureException taken(String field, String message) {
        return new FailureException(new Failure(FailureCode.CONFLICT, message, Map.of("field", field)));
    }

    public Optional<StoredNetwork> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.networks where id = $1", StoredNetwork::of, id);
    }

    StoredNetwork get(Transaction tx, UUID id) {
        return find(tx, id).orElseThrow(() -> missing(id));
    }

    /** As {@link #get}, and no card comes to the network or goes until the transaction ends. */
    StoredNetwork lock(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.networks where id = $1 for update", StoredNetwork::of, id)
                .orElseThrow(() -> missing(id));
    }

    private static FailureException missing(UUID id) {
        return FailureException.notFound("There is no network " + id + ".");
    }

    Optional<StoredNetwork> named(Transaction tx, String name) {
        return tx.queryOne(
                "select * from compute.networks where lower(name) collate \"C\" = lower($1) collate \"C\"",
                StoredNetwork::of,
                name);
    }

    List<StoredNetwork> all(Transaction tx) {
        return tx.query("select * from compute.networks order by lower(name) collate \"C\"", StoredNetwork::of);
    }

    /** One more than the page holds, where there are so many. */
    List<StoredNetwork> list(Transaction tx, ListNetworks wish, @Nullable String afterName) {
        return tx.query(
                "select * from compute.networks where ($1::text is null or lower(name) collate \"C\" > $1 collate \"C\")"
                        + " and ($2::text is null or position(lower($2) in lower(name)) > 0)"
                        + " order by lower(name) collate \"C\" limit $3",
                StoredNetwork::of,
                afterName,
                wish.search(),
                wish.page().limit() + 1);
    }

    void describe(Transaction tx, UUID id, String description, boolean spoofProtection, boolean allHosts) {
        tx.update(
                "update compute.networks set description = $2, spoof_protection = $3, all_hosts = $4,"
                        + " version = version + 1 where id = $1",
                id,
                description,
                spoofProtection,
                allHosts);
        tx.changed(KIND, id, Change.CHANGED);
    }

    void setDeleting(Transaction tx, UUID id, boolean deleting) {
        int rows = tx.update(
                "update compute.networks set deleting = $2, version = version + 1 where id = $1", id, deleting);
        if (rows == 1) {
            tx.changed(KIND, id, Change.CHANGED);
        }
    }

    void remove(Transaction tx, UUID id) {
        if (tx.update("delete from compute.networks where id = $1", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }

    /** Notes a change that is not in its row, for instance that a task works on it now. */
    void touched(Transaction tx, UUID id) {
        tx.changed(KIND, id, Change.CHANGED);
    }

    List<OnHost> hosts(Transaction tx, UUID id) {
        return tx.query(
                "select * from compute.network_hosts where network_id = $1 order by host_id",
                row -> new OnHost(
                        row.uuid("host_id"),
                        row.constant("state", HostState.class),
                        row.textOrNull("problem"),
                        row.instant("since")),
                id);
    }

    /** From now on these are to have it too. */
    void assign(Transaction tx, UUID id, Collection<UUID> hostIds) {
        tx.update(
                "insert into compute.network_hosts (network_id, host_id) select $1, host from unnest($2::uuid[]) as host"
                        + " on conflict do nothing",
                id,
                hostIds.toArray(UUID[]::new));
    }

    void unassign(Transaction tx, UUID id, Collection<UUID> hostIds) {
        tx.update(
                "delete from compute.network_hosts where network_id = $1 and host_id = any($2)",
                id,
                hostIds.toArray(UUID[]::new));
    }

    /** A host that was not known before gets the networks that all are to have. */
    void assignToAll(Transaction tx, UUID hostId) {
        tx.query(
                        "insert into compute.network_hosts (network_id, host_id) select id, $1 from compute.networks"
                                + " where all_hosts and not deleting and not exists (select 1 from compute.network_hosts"
                                + " where network_id = id and host_id = $1) on conflict do nothing returning network_id",
                        row -> row.uuid("network_id"),
                        hostId)
                .forEach(id -> touched(tx, id));
    }

    /** The networks that the host is to have, with how they are there as far as is known. */
    List<Assigned> assignedTo(Transaction tx, UUID hostId) {
        return tx.query(
                "select networks.*, state, problem from compute.networks join compute.network_hosts on network_id = id"
                        + " where host_id = $1 and not deleting order by id",
                row -> new Assigned(
                        StoredNetwork.of(row), row.constant("state", HostState.class), row.textOrNull("problem")),
                hostId);
    }

    record Assigned(
            StoredNetwork network,
            HostState state,
            @Nullable String problem) {}

    /** Notes how it is on a host that is to have it. */
    void found(Transaction tx, UUID id, UUID hostId, HostState state, @Nullable String problem) {
        int rows = tx.update(
                "update compute.network_hosts set state = $3, problem = $4,"
                        + " since = case when state = $3 then since else now() end where network_id = $1 and host_id = $2"
                        + " and (state <> $3 or problem is distinct from $4)",
                id,
                hostId,
                state,
                problem);
        if (rows == 1) {
            touched(tx, id);
        }
    }

    int uses(Transaction tx, UUID id) {
        return tx.queryOne(
                        "select count(*) as cards from compute.network_uses where network_id = $1",
                        row -> (int) row.number("cards"),
                        id)
                .orElse(0);
    }

    /** The names of VMs with a card on it, the first 20; where hosts are named, of those that are there. */
    List<String> users(Transaction tx, UUID id, @Nullable Collection<UUID> hostIds) {
        return tx.query(
                "select distinct vms.name, lower(vms.name) collate \"C\" as sorted from compute.network_uses"
                        + " join compute.macs using (mac) join compute.vms on vms.id = vm_id where network_id = $1"
                        + " and ($2::uuid[] is null or host_id = any($2)) order by sorted limit 20",
                row -> row.text("name"),
                id,
                hostIds == null ? null : hostIds.toArray(UUID[]::new));
    }

    /**
     * Puts a card on the network, beside the one that it is on while it moves.
     *
     * @throws FailureException {@code CONFLICT} when the network is gone or going
     */
    public void hold(Transaction tx, String mac, StoredNetwork network) {
        boolean there = tx.queryOne(
                        "select deleting from compute.networks where id = $1 for key share",
                        row -> !row.flag("deleting"),
                        network.id())
                .orElse(false);
        if (!there) {
            throw FailureException.conflict("The network " + network.name() + " is being deleted; choose another one.");
        }
        int rows = tx.update(
                "insert into compute.network_uses (mac, network_id) values ($1, $2) on conflict do nothing",
                mac,
                network.id());
        if (rows == 1) {
            touched(tx, network.id());
        }
    }

    /** The card is on this network and on no other. */
    public void holdOnly(Transaction tx, String mac, UUID networkId) {
        tx.query(
                        "delete from compute.network_uses where mac = $1 and network_id <> $2 returning network_id",
                        row -> row.uuid("network_id"),
                        mac,
                        networkId)
                .forEach(id -> touched(tx, id));
    }
}
