package io.limiquantix.host.download;

import java.net.InetAddress;

/**
 * A block of addresses, as {@code 10.0.0.0/8} or {@code fc00::/7} (RFC 4632, RFC 4291). An IPv4 address that is written as an
 * IPv6 one, as {@code ::ffff:127.0.0.1}, is an IPv4 address.
 *
 * @param bits how many of the first one's bits all have, 0 to 32 or 128
 */
public record AddressRange(InetAddress first, int bits) {
    public AddressRange {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("A block of addresses has 0 to 32 or 128 bits, not " + bits + ".");
        }
    }

    /** @throws IllegalArgumentException when it is none; no name is ever looked up */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(text + " is no block of addresses, as 10.0.0.0/8 is.");
        }
        return new AddressRange(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text, slash + 1, text.length(), 10));
    }

    public boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
