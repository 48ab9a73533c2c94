package io.limiquantix.gateway.api;

import java.net.InetAddress;
import java.util.Optional;

/** Literal IP addresses; names are never looked up. */
final class IpAddresses {
    private IpAddresses() {}

    static Optional<InetAddress> parse(String text) {
        // A zone is this machine's business, not the guest's.
        if (!text.matches("[0-9a-fA-F:.]+") || (text.indexOf(':') < 0 && !text.matches("\\d+(\\.\\d+){3}"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an interface can have this address with its prefix, as in {@code 192.0.2.10/24}. */
    static boolean isInterfaceAddress(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        int prefix = Integer.parseInt(parts[1]);
        return parse(parts[0])
                .filter(address -> isUsable(address) && prefix >= 1 && prefix <= address.getAddress().length * 8)
                .isPresent();
    }

    static boolean isUsable(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLoopbackAddress();
    }
}
