package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a fixed address may be. */
final class StaticNetworkRules {
    private static final int MOST_NAME_SERVERS = 8;

    private StaticNetworkRules() {}

    static void check(StaticNetwork network) {
        Subnet subnet = address(network.address(), "cloudInit.network.address");
        gateway(network.gateway(), subnet);
        nameServers(network.nameServers());
    }

    /** One that an interface can have. */
    static Subnet address(String text, String field) {
        Subnet subnet = Subnet.parse(text)
                .orElseThrow(() -> FailureException.invalid(
                        field,
                        Check.shown(text)
                                + " is not an address with its prefix, as in 192.0.2.10/24 or 2001:db8::10/64."));
        InetAddress address = subnet.address();
        Check.that(
                !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isMulticastAddress(),
                field,
                text + " cannot be the address of an interface.");
        Check.that(!subnet.isReserved(), field, text + " names the whole network, not one machine in it.");
        return subnet;
    }

    private static void gateway(@Nullable String text, Subnet subnet) {
        if (text == null) {
            return;
        }
        String field = "cloudInit.network.gateway";
        InetAddress gateway = literal(text, field);
        Check.that(
                subnet.contains(gateway),
                field,
                text + " is not in the network of the VM's address, so that it cannot be reached from there.");
        Check.that(!gateway.equals(subnet.address()), field, text + " is the VM's own address.");
    }

    private static void nameServers(List<String> servers) {
        String field = "cloudInit.network.nameServers";
        Check.that(
                servers.size() <= MOST_NAME_SERVERS, field, "At most " + MOST_NAME_SERVERS + " name servers are used.");
        for (int i = 0; i < servers.size(); i++) {
            literal(servers.get(i), field + "[" + i + "]");
        }
    }

    private static InetAddress literal(String text, String field) {
        return Subnet.literal(text)
                .orElseThrow(() -> FailureException.invalid(field, Check.shown(text) + " is not an IP address."));
    }
}
