package io.limiquantix.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Where somebody connects from. */
record RemoteAddress(InetAddress address) {
    private static final int NETWORK_BYTES = 8;

    /** @param literal an IP address; names are not looked up */
    static RemoteAddress of(String literal) {
        int zone = literal.indexOf('%');
        return new RemoteAddress(InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone)));
    }

    boolean isLocal() {
        return address.isLoopbackAddress();
    }

    /** One customer's network: whoever has an IPv6 /64 has all of its addresses. */
    String network() {
        if (address instanceof Inet6Address) {
            return Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES));
        }
        return address.getHostAddress();
    }
}
