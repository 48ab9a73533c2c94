package io.limiquantix.host.network;

import io.limiquantix.bus.host.HostNetworkApi.Lease;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which cards have leases that libvirt's filter does not know of: it learns the first one that a card gets and passes over all that come
 * while that lasts (virnwfilterdhcpsnoop.c), as for a system that is installed, or a clone that gets an identity of its own. Not for
 * several threads.
 */
final class LeasesAnew {
    private final Map<String, Set<String>> first = new HashMap<>();

    /**
     * The IPv4 addresses of the cards that have another than their first one, by their MAC addresses in lower case.
     *
     * @param leases all that there are now
     */
    Map<String, Set<String>> take(List<Lease> leases) {
        Map<String, Set<String>> now = new HashMap<>();
        for (Lease lease : leases) {
            if (lease.ip().indexOf(':') < 0) {
                now.computeIfAbsent(lease.mac().toLowerCase(Locale.ROOT), _ -> new LinkedHashSet<>())
                        .add(lease.ip());
            }
        }
        first.keySet().retainAll(now.keySet());
        now.forEach(first::putIfAbsent);
        now.entrySet()
                .removeIf(card -> card.getValue().size() == 1 && card.getValue().equals(first.get(card.getKey())));
        return now;
    }
}
