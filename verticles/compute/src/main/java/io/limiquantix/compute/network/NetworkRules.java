package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.NetworkApi.CreateNetwork;
import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.runtime.names.ThingName;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a network may be, whoever else has checked it before. */
final class NetworkRules {
    private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,14}");
    private static final Pattern LIBVIRT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final int MOST_DESCRIPTION = 4_000;
    private static final int LAST_VLAN = 4_094;
    private static final int SHORTEST_PREFIX = 8;
    private static final int LONGEST_PREFIX = 29;

    private NetworkRules() {}

    /**
     * The settings in their one written form, with all that was left out.
     *
     * @throws FailureException {@code INVALID} with the field
     */
    static Settings accept(CreateNetwork wish) {
        ThingName.require(wish.name());
        description(wish.description());
        Settings said = wish.settings();
        return switch (wish.kind()) {
            case HOST -> ofHosts(said);
            case BRIDGE -> bridge(said);
            case NAT -> {
                require(said.subnet() != null, "subnet", "A NAT network needs a subnet, as in 192.168.50.0/24.");
                yield addresses(said, wish);
            }
            case ISOLATED -> addresses(said, wish);
        };
    }

    static void description(String text) {
        boolean good =
                text.length() <= MOST_DESCRIPTION && !CONTROL.matcher(text).find();
        require(
                good,
                "description",
                "A description has at most " + MOST_DESCRIPTION
                        + " characters, and no control characters but new lines.");
    }

    private static Settings ofHosts(Settings said) {
        refuseOthers(said.bridge(), "bridge", Kind.HOST);
        refuseOthers(said.vlanId(), "vlanId", Kind.HOST);
        refuseAddresses(said, Kind.HOST);
        String name = said.hostNetwork();
        require(
                name != null && LIBVIRT_NAME.matcher(name).matches(),
                "hostNetwork",
                "Say what libvirt calls the network on its hosts, as in default.");
        require(
                name != null && !name.startsWith("lqx-"),
                "hostNetwork",
                "Networks whose libvirt name begins with lqx- are the platform's own.");
        return new Settings(name, null, null, null, null, null);
    }

    private static Settings bridge(Settings said) {
        refuseOthers(said.hostNetwork(), "hostNetwork", Kind.BRIDGE);
        refuseAddresses(said, Kind.BRIDGE);
        String bridge = said.bridge();
        require(
                bridge != null && BRIDGE.matcher(bridge).matches(),
                "bridge",
                "Say which bridge of the hosts it is, as in br0: at most 15 letters, digits, \".\", \"_\" or \"-\".");
        require(
                bridge != null && !bridge.startsWith("lqx"),
                "bridge",
                "Bridges whose name begins with lqx are the platform's own.");
        Integer vlan = said.vlanId();
        require(vlan == null || (vlan >= 1 && vlan <= LAST_VLAN), "vlanId", "A VLAN is 1 to " + LAST_VLAN + ".");
        return new Settings(null, bridge, vlan, null, null, null);
    }

    private static Settings addresses(Settings said, CreateNetwork wish) {
        refuseOthers(said.hostNetwork(), "hostNetwork", wish.kind());
        refuseOthers(said.bridge(), "bridge", wish.kind());
        refuseOthers(said.vlanId(), "vlanId", wish.kind());
        String text = said.subnet();
        if (text == null) {
            require(
                    said.dhcpFirst() == null && said.dhcpLast() == null,
                    "dhcpFirst",
                    "Without a subnet nobody can" + " give out addresses; say a subnet, as in 192.168.50.0/24.");
            return new Settings(null, null, null, null, null, null);
        }
        Ipv4Subnet subnet = subnet(text);
        if (!wish.dhcp()) {
            require(
                    said.dhcpFirst() == null && said.dhcpLast() == null,
                    "dhcp",
                    "There is a range of addresses to" + " give out, and nobody is to give out any.");
            return new Settings(null, null, null, subnet.toString(), null, null);
        }
        long first = address(said.dhcpFirst(), "dhcpFirst", subnet.first() + 2, subnet);
        long last = address(said.dhcpLast(), "dhcpLast", subnet.last() - 1, subnet);
        require(first <= last, "dhcpLast", "The range ends before it begins.");
        return new Settings(null, null, null, subnet.toString(), Ipv4Subnet.text(first), Ipv4Subnet.text(last));
    }

    private static Ipv4Subnet subnet(String text) {
        Ipv4Subnet subnet = Ipv4Subnet.parse(text)
                .orElseThrow(() -> FailureException.invalid(
                        "subnet", "That is not an IPv4 subnet with its prefix, as in 192.168.50.0/24."));
        require(
                subnet.toString().equals(text),
                "subnet",
                "That is not how a subnet is written: what it lies in is " + subnet + ".");
        require(
                subnet.prefix() >= SHORTEST_PREFIX && subnet.prefix() <= LONGEST_PREFIX,
                "subnet",
                "A subnet's prefix is " + SHORTEST_PREFIX + " to " + LONGEST_PREFIX
                        + ", so that there is room for guests.");
        require(
                subnet.isPrivate(),
                "subnet",
                subnet
                        + " is not private: guests and hosts could not reach whom it belongs to. Choose one in 10.0.0.0/8,"
                        + " 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.");
        return subnet;
    }

    private static long address(@Nullable String said, String field, long otherwise, Ipv4Subnet subnet) {
        if (said == null) {
            return otherwise;
        }
        OptionalLong address = Ipv4Subnet.address(said);
        require(address.isPresent(), field, "That is not an IPv4 address.");
        long number = address.getAsLong();
        require(
                number > subnet.first() + 1 && number < subnet.last(),
                field,
                said + " cannot be given out in " + subnet + ": there are " + subnet.host(2) + " to "
                        + Ipv4Subnet.text(subnet.last() - 1) + ".");
        return number;
    }

    private static void refuseAddresses(Settings said, Kind kind) {
        refuseOthers(said.subnet(), "subnet", kind);
        refuseOthers(said.dhcpFirst(), "dhcpFirst", kind);
        refuseOthers(said.dhcpLast(), "dhcpLast", kind);
    }

    private static void refuseOthers(@Nullable Object value, String field, Kind kind) {
        require(value == null, field, "A network of the kind " + kind + " has no " + field + ".");
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw FailureException.invalid(field, message);
        }
    }
}
