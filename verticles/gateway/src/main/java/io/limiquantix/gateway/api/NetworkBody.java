package io.limiquantix.gateway.api;

import io.limiquantix.bus.scheduler.HostView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A network by its name and the hosts that have it. */
public record NetworkBody(String name, List<OnHost> hosts) {

    /** The network on one host. */
    public record OnHost(UUID hostId, String hostName, boolean active, String forwardMode) {}

    static List<NetworkBody> of(List<HostView> hosts) {
        Map<String, List<OnHost>> byName = new TreeMap<>();
        for (HostView host : hosts) {
            host.networks().forEach(network -> byName.computeIfAbsent(network.name(), name -> new ArrayList<>())
                    .add(new OnHost(host.id(), host.name(), network.active(), network.forwardMode())));
        }
        return byName.entrySet().stream()
                .map(entry -> new NetworkBody(entry.getKey(), entry.getValue()))
                .toList();
    }
}
