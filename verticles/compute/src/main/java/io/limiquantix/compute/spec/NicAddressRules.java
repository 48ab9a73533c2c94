package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the addresses of each network interface may be. */
final class NicAddressRules {
    private static final int MOST_ADDRESSES = 16;
    private static final int MOST_NAMES = 8;
    private static final int LEAST_MTU = 576;
    /** RFC 8200, section 5. */
    private static final int LEAST_V6_MTU = 1_280;

    private static final int MOST_MTU = 65_535;
    private static final Pattern DOMAIN = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
            + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*");

    private NicAddressRules() {}

    static void check(CloudInit wish, int nics) {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < wish.networks().size(); i++) {
            NicAddresses addresses = wish.networks().get(i);
            String field = "cloudInit.networks[" + i + "]";
            int nic = addresses.nic();
            Check.that(nic >= 0 && nic < nics, field + ".nic", "The VM has no network interface " + nic + ".");
            Check.that(seen.add(nic), field + ".nic", "The addresses of interface " + nic + " are said twice.");
            Check.that(
                    nic != 0 || wish.network() == null,
                    field + ".nic",
                    "The addresses of interface 0 are said in cloudInit.network already. Say them in one of the two places.");
            check(addresses, field);
        }
    }

    private static void check(NicAddresses wish, String field) {
        List<Subnet> subnets = subnets(wish, field + ".addresses");
        Check.that(
                wish.dhcp4() || wish.dhcp6() || !subnets.isEmpty(),
                field + ".addresses",
                "The interface needs DHCP or an address.");
        gateway(wish.gateway4(), true, subnets, field + ".gateway4");
        gateway(wish.gateway6(), false, subnets, field + ".gateway6");
        names(wish, field);
        Integer mtu = wish.mtu();
        boolean isV6 = wish.dhcp6() || subnets.stream().anyMatch(subnet -> !subnet.isV4());
        int least = isV6 ? LEAST_V6_MTU : LEAST_MTU;
        Check.that(
                mtu == null || (mtu >= least && mtu <= MOST_MTU),
                field + ".mtu",
                "An MTU is " + least + " to " + MOST_MTU + " here.");
    }

    private static List<Subnet> subnets(NicAddresses wish, String field) {
        Check.that(
                wish.addresses().size() <= MOST_ADDRESSES,
                field,
                "An interface gets at most " + MOST_ADDRESSES + " addresses.");
        List<Subnet> subnets = new ArrayList<>();
        Set<InetAddress> seen = new HashSet<>();
        for (int i = 0; i < wish.addresses().size(); i++) {
            Subnet subnet = StaticNetworkRules.address(wish.addresses().get(i), field + "[" + i + "]");
            Check.that(seen.add(subnet.address()), field + "[" + i + "]", "This address is there twice.");
            subnets.add(subnet);
        }
        return subnets;
    }

    private static void gateway(@Nullable String text, boolean isV4, List<Subnet> subnets, String field) {
        if (text == null) {
            return;
        }
        InetAddress gateway = literal(text, field);
        Check.that(
                (gateway instanceof Inet4Address) == isV4,
                field,
                text + " is not an IPv" + (isV4 ? "4" : "6") + " address.");
        Check.that(
                gateway.isLinkLocalAddress() || subnets.stream().anyMatch(subnet -> subnet.contains(gateway)),
                field,
                text + " is in no network of the interface's addresses, so that it cannot be reached from there.");
        Check.that(
                subnets.stream().noneMatch(subnet -> subnet.address().equals(gateway)),
                field,
                text + " is the VM's own address.");
    }

    private static void names(NicAddresses wish, String field) {
        Check.that(
                wish.nameServers().size() <= MOST_NAMES && wish.searchDomains().size() <= MOST_NAMES,
                field + ".nameServers",
                "At most " + MOST_NAMES + " name servers and as many search domains are used.");
        for (int i = 0; i < wish.nameServers().size(); i++) {
            literal(wish.nameServers().get(i), field + ".nameServers[" + i + "]");
        }
        for (int i = 0; i < wish.searchDomains().size(); i++) {
            Check.matches(
                    wish.searchDomains().get(i),
                    DOMAIN,
                    field + ".searchDomains[" + i + "]",
                    "a domain is labels of letters, digits and hyphens with dots between them.");
        }
    }

    private static InetAddress literal(String text, String field) {
        return Subnet.literal(text)
                .orElseThrow(() -> FailureException.invalid(field, Check.shown(text) + " is not an IP address."));
    }
}
