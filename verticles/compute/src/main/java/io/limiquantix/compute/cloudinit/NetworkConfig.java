package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.VmView.Nic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * cloud-init's network configuration, version 2. Interfaces are found by MAC address and called {@code eth0} and so on: under
 * another key, cloud-init's renderer for ifupdown takes the key for the interface.
 */
final class NetworkConfig {
    private NetworkConfig() {}

    static Map<String, Object> of(List<Nic> nics, @Nullable StaticNetwork fixed) {
        Map<String, Object> ethernets = new LinkedHashMap<>();
        for (int i = 0; i < nics.size(); i++) {
            String name = "eth" + i;
            Map<String, Object> ethernet = new LinkedHashMap<>();
            ethernet.put("match", Map.of("macaddress", nics.get(i).mac()));
            ethernet.put("set-name", name);
            if (i == 0 && fixed != null) {
                addFixed(ethernet, fixed);
            } else {
                ethernet.put("dhcp4", true);
            }
            if (i > 0) {
                // A network without DHCP must not hold up the boot.
                ethernet.put("optional", true);
            }
            ethernets.put(name, ethernet);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", 2);
        document.put("ethernets", ethernets);
        return document;
    }

    private static void addFixed(Map<String, Object> ethernet, StaticNetwork fixed) {
        ethernet.put("addresses", List.of(fixed.address()));
        if (fixed.gateway() != null) {
            // As a route it would take ifupdown's guests a package (net-tools) that they may lack.
            ethernet.put(fixed.gateway().contains(":") ? "gateway6" : "gateway4", fixed.gateway());
        }
        if (!fixed.nameServers().isEmpty()) {
            ethernet.put("nameservers", Map.of("addresses", fixed.nameServers()));
        }
    }
}
