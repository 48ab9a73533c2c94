package io.limiquantix.host.network;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Bridges for the VLANs of a bridge that the host has: a VLAN interface on each port of it that leads out of the host, and a bridge of
 * their own that joins them (ip-link(8), "VLAN Type Support"). What is made carries the network's id as its alias, so that nothing else is
 * ever removed.
 */
public final class VlanBridges {
    private static final int LONGEST_NAME = 15;

    private final Tool tool;
    private final NetworkInterfaces interfaces;

    public VlanBridges(Tool tool, NetworkInterfaces interfaces) {
        this.tool = tool;
        this.interfaces = interfaces;
    }

    /**
     * Makes what is missing; success when nothing is.
     *
     * @throws FailureException {@code HYPERVISOR} with the reason when that is not possible
     */
    public void ensure(Definition network, String bridge, int vlanId) {
        List<String> uplinks = interfaces.uplinks(bridge);
        if (uplinks.isEmpty()) {
            throw impossible("The bridge " + bridge + " has no port that leads out of the host, so VLAN " + vlanId
                    + " would lead nowhere. Add the host's network card to it.");
        }
        String own = NetworkNames.bridge(network.networkId());
        String alias = alias(network.networkId());
        if (!interfaces.isBridge(own)) {
            ip("link", "add", "name", own, "type", "bridge", "forward_delay", "0", "stp_state", "0");
        }
        ip("link", "set", "dev", own, "alias", alias);
        // The host itself has no address there.
        ip("link", "set", "dev", own, "addrgenmode", "none");
        for (String uplink : uplinks) {
            join(uplink, vlanId, own, alias);
        }
        ip("link", "set", "dev", own, "up");
    }

    private void join(String uplink, int vlanId, String own, String alias) {
        String vlan = name(uplink, vlanId);
        if (!interfaces.exists(vlan)) {
            String id = Integer.toString(vlanId);
            ip("link", "add", "link", uplink, "name", vlan, "type", "vlan", "id", id);
            ip("link", "set", "dev", vlan, "alias", alias);
        }
        Optional<String> master = interfaces.bridgeOf(vlan);
        if (master.isPresent() && !master.get().equals(own)) {
            throw impossible("The host's interface " + vlan + " is a port of " + master.get()
                    + " already. Use that bridge for a network of its own, without a VLAN.");
        }
        if (master.isEmpty()) {
            ip("link", "set", "dev", vlan, "master", own);
        }
        ip("link", "set", "dev", vlan, "up");
    }

    /** Removes what was made for the network; success when nothing is there. */
    public void remove(UUID networkId) {
        // The bridge last, so that whoever is killed in between finds the others by it.
        String own = NetworkNames.bridge(networkId);
        for (String made : interfaces.withAlias(alias(networkId))) {
            if (!made.equals(own)) {
                ip("link", "delete", "dev", made);
            }
        }
        if (interfaces.withAlias(alias(networkId)).contains(own)) {
            ip("link", "delete", "dev", own);
        }
    }

    /** {@code uplink.VLAN} where the kernel takes such a long name, else one made of a hash of it. */
    static String name(String uplink, int vlanId) {
        String usual = uplink + "." + vlanId;
        return usual.length() <= LONGEST_NAME
                ? usual
                : String.format(Locale.ROOT, "vl%08x.%d", uplink.hashCode(), vlanId);
    }

    private static String alias(UUID networkId) {
        return "limiquantix " + networkId;
    }

    private void ip(String... words) {
        try {
            tool.run(CommandLine.of("ip").with(words));
        } catch (ToolException e) {
            FailureException failure = impossible(
                    e.getMessage() + (isMissingVlan(words) ? " (VLANs need the kernel's module 8021q.)" : ""));
            failure.initCause(e);
            throw failure;
        }
    }

    private static boolean isMissingVlan(String... words) {
        return List.of(words).contains("vlan");
    }

    private static FailureException impossible(String message) {
        return FailureException.of(FailureCode.HYPERVISOR, message);
    }
}
