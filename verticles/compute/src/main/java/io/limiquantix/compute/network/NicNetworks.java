package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The networks that cards of VMs are on, or are to be. A card is never put on another network than the one that was asked for. */
public final class NicNetworks {
    private static final int SHOWN = 20;

    private final NetworkStore store;

    public NicNetworks(NetworkStore store) {
        this.store = store;
    }

    /**
     * The network of this name.
     *
     * @throws FailureException {@code INVALID} with the field when there is none
     */
    public StoredNetwork named(Transaction tx, String name, String field) {
        StoredNetwork network = store.named(tx, name).orElseThrow(() -> missing(tx, name, field));
        if (network.deleting()) {
            throw FailureException.invalid(field, "The network " + network.name() + " is being deleted.");
        }
        return network;
    }

    private FailureException missing(Transaction tx, String name, String field) {
        List<String> names = store.all(tx).stream().map(StoredNetwork::name).toList();
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return FailureException.invalid(
                field,
                "There is no network called " + name + "; "
                        + (names.isEmpty() ? "there is none at all, make one first." : "there are: " + shown + "."));
    }

    /**
     * The hosts that a VM with cards on these networks can be on; empty when all that are known can.
     *
     * @param networks of its cards, in their order
     * @throws FailureException {@code INVALID} with the card whose network none of those has that are left, and why
     */
    public Optional<Set<UUID>> hostsWith(
            Transaction tx, List<StoredNetwork> networks, List<HostView> known, @Nullable UUID chosen) {
        List<HostView> left = known.stream()
                .filter(host -> chosen == null || host.id().equals(chosen))
                .toList();
        for (int i = 0; i < networks.size(); i++) {
            StoredNetwork network = networks.get(i);
            List<OnHost> states = store.hosts(tx, network.id());
            List<HostView> before = left;
            left = before.stream()
                    .filter(host -> problem(network, states, host).isEmpty())
                    .toList();
            if (left.isEmpty() && !before.isEmpty()) {
                throw FailureException.invalid("nics[" + i + "].network", refusal(network, states, before));
            }
        }
        Set<UUID> ids = left.stream().map(HostView::id).collect(Collectors.toCollection(HashSet::new));
        return ids.size() == known.size() ? Optional.empty() : Optional.of(ids);
    }

    private static String refusal(StoredNetwork network, List<OnHost> states, List<HostView> hosts) {
        String reasons = hosts.stream()
                .limit(SHOWN)
                .map(host -> host.name() + ": "
                        + problem(network, states, host).orElse("it is there, and another network is not."))
                .collect(Collectors.joining(" "));
        return "No host that is left for this VM has the network " + network.name() + ". " + reasons;
    }

    /** Why a card on this host cannot be on the network; empty when it can. */
    private static Optional<String> problem(StoredNetwork network, List<OnHost> states, HostView host) {
        Optional<OnHost> assigned =
                states.stream().filter(on -> on.hostId().equals(host.id())).findFirst();
        if (network.isOfHosts() && (network.allHosts() || assigned.isPresent())) {
            return Optional.ofNullable(
                    NetworkHosts.ofHost(network, host.networks()).problem());
        }
        return stored(assigned);
    }

    private static Optional<String> stored(Optional<OnHost> assigned) {
        if (assigned.isEmpty()) {
            return Optional.of("The network is not assigned to this host.");
        }
        OnHost on = assigned.get();
        String problem = on.problem();
        return switch (on.state()) {
            case READY -> Optional.empty();
            case PENDING -> Optional.of("The host has not made it yet.");
            case FAILED -> Optional.of(problem == null ? "The host cannot have it." : problem);
        };
    }

    /**
     * Makes sure that a VM's cards find their networks where it is.
     *
     * @param host as the scheduler knows it; absent: as it was stored
     * @throws FailureException {@code CONFLICT} with the network that is missing and why
     */
    public void require(Transaction tx, List<Nic> nics, UUID hostId, @Nullable HostView host) {
        for (Nic nic : nics) {
            StoredNetwork network = of(tx, nic);
            List<OnHost> states = store.hosts(tx, network.id());
            Optional<String> problem = host == null
                    ? stored(states.stream()
                            .filter(on -> on.hostId().equals(hostId))
                            .findFirst())
                    : problem(network, states, host);
            if (problem.isPresent()) {
                throw FailureException.conflict("The card " + nic.mac() + " cannot be on the network " + network.name()
                        + " of its host now. " + problem.get());
            }
        }
    }

    /** The same without those that hosts have without us, which the scheduler has looked for. */
    public void requireAssigned(Transaction tx, List<Nic> nics, UUID hostId) {
        require(tx, nics.stream().filter(nic -> !of(tx, nic).isOfHosts()).toList(), hostId, null);
    }

    /** The network that the card is on; {@code CONFLICT} when that is gone. */
    public StoredNetwork of(Transaction tx, Nic nic) {
        UUID id = nic.networkId();
        Optional<StoredNetwork> found = id == null ? store.named(tx, nic.network()) : store.find(tx, id);
        return found.orElseThrow(
                () -> FailureException.conflict("There is no network called " + nic.network() + " any more."));
    }

    /** The names by which hosts know those of the networks that they have without us. */
    public List<String> ofHosts(Transaction tx, List<Nic> nics) {
        return nics.stream()
                .map(nic -> of(tx, nic))
                .filter(StoredNetwork::isOfHosts)
                .map(StoredNetwork::libvirtName)
                .distinct()
                .toList();
    }

    /**
     * The cards as their host is told to make them.
     *
     * @param cloudInit what says which addresses the guest takes
     */
    public List<DomainSpec.Nic> domainNics(Transaction tx, List<Nic> nics, @Nullable CloudInit cloudInit) {
        List<DomainSpec.Nic> all = new ArrayList<>();
        for (int i = 0; i < nics.size(); i++) {
            all.add(domainNic(of(tx, nics.get(i)), nics.get(i), KnownAddresses.of(cloudInit, i)));
        }
        return all;
    }

    private static DomainSpec.Nic domainNic(StoredNetwork network, Nic nic, SpoofProtection protection) {
        NicHardware hardware = NicHardware.orPlain(nic.hardware());
        boolean allowed = hardware.allowSpoofing() == null ? !network.spoofProtection() : hardware.allowSpoofing();
        return new DomainSpec.Nic(network.libvirtName(), nic.mac(), hardware, allowed ? null : protection);
    }
}
