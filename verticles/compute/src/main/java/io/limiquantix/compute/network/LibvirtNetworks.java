package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Our networks by libvirt's names of them; one that only hosts have becomes one of the kind {@code HOST} when it is needed. */
public final class LibvirtNetworks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final NetworkStore store;

    public LibvirtNetworks(NetworkStore store) {
        this.store = store;
    }

    /**
     * What the cards of a domain of this host are on, by the names that they have here.
     *
     * @throws FailureException {@code CONFLICT} when there is none of a name, and there can be none
     */
    public List<String> names(Transaction tx, UUID hostId, List<String> libvirtNames) {
        Map<String, StoredNetwork> known = known(tx);
        if (!known.keySet().containsAll(libvirtNames)) {
            // Others that are adopted at the same moment may be on the same ones; whoever comes second finds them.
            store.lockAll(tx);
            known = known(tx);
            for (String name : libvirtNames) {
                if (!known.containsKey(name)) {
                    known.put(name, add(tx, name));
                }
            }
        }
        // All in the same order, so that two of them never wait for each other.
        libvirtNames.stream()
                .map(known::get)
                .distinct()
                .sorted(Comparator.comparing(StoredNetwork::id))
                .forEach(network -> use(tx, hostId, network));
        return libvirtNames.stream().map(known::get).map(StoredNetwork::name).toList();
    }

    /** By libvirt's names. */
    private Map<String, StoredNetwork> known(Transaction tx) {
        Map<String, StoredNetwork> known = new HashMap<>();
        store.all(tx).forEach(network -> known.putIfAbsent(network.libvirtName(), network));
        return known;
    }

    private void use(Transaction tx, UUID hostId, StoredNetwork network) {
        if (network.deleting()) {
            throw FailureException.conflict("The network " + network.name() + " is being deleted.");
        }
        if (!network.allHosts()) {
            store.assign(tx, network.id(), Set.of(hostId));
            store.touched(tx, network.id());
        }
    }

    private StoredNetwork add(Transaction tx, String libvirtName) {
        if (!NAME.matcher(libvirtName).matches()) {
            throw FailureException.conflict("The network \"" + libvirtName
                    + "\" of libvirt has a name that no network of LimiQuantix can have.");
        }
        Optional<StoredNetwork> namesake = store.named(tx, libvirtName);
        StoredNetwork network = new StoredNetwork(
                Uuid7.next(),
                namesake.isEmpty() ? libvirtName : libvirtName + "-libvirt",
                "A network that libvirt had already when a virtual machine on it was adopted.",
                Kind.HOST,
                new Settings(libvirtName, null, null, null, null, null),
                false,
                false,
                false,
                Instant.EPOCH,
                1);
        store.add(tx, network);
        return network;
    }
}
