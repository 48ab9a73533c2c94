package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
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

    static Map<String, Object> of(List<Nic> nics, CloudInit wish) {
        Map<String, Object> ethernets = new LinkedHashMap<>();
        for (int i = 0; i < nics.size(); i++) {
            String name = "eth" + i;
            Map<String, Object> ethernet = new LinkedHashMap<>();
            ethernet.put("match", Map.of("macaddress", nics.get(i).mac()));
            ethernet.put("set-name", name);
            addAddresses(ethernet, addressesOf(wish, i));
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

    private static NicAddresses addressesOf(CloudInit wish, int nic) {
        if (nic == 0 && wish.network() != null) {
            return fixed(wish.network());
        }
        return wish.networks().stream()
                .filter(addresses -> addresses.nic() == nic)
                .findFirst()
                .orElse(new NicAddresses(nic, true, false, List.of(), null, null, List.of(), List.of(), null));
    }

    private static NicAddresses fixed(StaticNetwork network) {
        @Nullable String gateway = network.gateway();
        boolean isV6 = gateway != null && gateway.contains(":");
        return new NicAddresses(
                0,
                false,
                false,
                List.of(network.address()),
                isV6 ? null : gateway,
                isV6 ? gateway : null,
                network.nameServers(),
                List.of(),
                null);
    }

    private static void addAddresses(Map<String, Object> ethernet, NicAddresses wish) {
        if (wish.dhcp4()) {
            ethernet.put("dhcp4", true);
        }
        if (wish.dhcp6()) {
            ethernet.put("dhcp6", true);
        }
        if (!wish.addresses().isEmpty()) {
            ethernet.put("addresses", wish.addresses());
        }
        // As a route it would take ifupdown's guests a package (net-tools) that they may lack.
        if (wish.gateway4() != null) {
            ethernet.put("gateway4", wish.gateway4());
        }
        if (wish.gateway6() != null) {
            ethernet.put("gateway6", wish.gateway6());
        }
        Map<String, Object> names = new LinkedHashMap<>();
        if (!wish.nameServers().isEmpty()) {
            names.put("addresses", wish.nameServers());
        }
        if (!wish.searchDomains().isEmpty()) {
            names.put("search", wish.searchDomains());
        }
        if (!names.isEmpty()) {
            ethernet.put("nameservers", names);
        }
        if (wish.mtu() != null) {
            ethernet.put("mtu", wish.mtu());
        }
    }
}
