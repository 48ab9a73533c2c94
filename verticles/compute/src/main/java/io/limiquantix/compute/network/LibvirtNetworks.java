package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
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
     * The network that this host has by this name.
     *
     * @throws FailureException {@code CONFLICT} when there is none, and there can be none
     */
    public StoredNetwork on(Transaction tx, UUID hostId, String libvirtName) {
        StoredNetwork network = store.all(tx).stream()
                .filter(each -> each.libvirtName().equals(libvirtName))
                .findFirst()
                .orElseGet(() -> add(tx, libvirtName));
        if (network.deleting()) {
            throw FailureException.conflict("The network " + network.name() + " is being deleted.");
        }
        if (!network.allHosts()) {
            store.assign(tx, network.id(), Set.of(hostId));
            store.touched(tx, network.id());
        }
        return network;
    }

    private StoredNetwork add(Transaction tx, String libvirtName) {
        if (!NAME.matcher(libvirtName).matches()) {
            throw FailureException.conflict("The network \"" + libvirtName
                    + "\" of libvirt has a name that no network of LimiQuantix can have.");
        }
        store.lockAll(tx);
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

    /** What the cards of a domain are on, by the names that they have here. */
    public List<String> names(Transaction tx, UUID hostId, List<String> libvirtNames) {
        return libvirtNames.stream().map(name -> on(tx, hostId, name).name()).toList();
    }
}
