package io.limiquantix.compute.network;

import io.limiquantix.compute.spec.Subnet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An IPv4 subnet.
 *
 * @param first its first address, as a number
 */
record Ipv4Subnet(long first, int prefix) {
    private static final int BITS = 32;
    private static final long BYTE = 0xFF;
    /** RFC 1918 and RFC 6598: nobody else's. */
    private static final List<Ipv4Subnet> PRIVATE = List.of(
            new Ipv4Subnet(0x0A00_0000L, 8),
            new Ipv4Subnet(0xAC10_0000L, 12),
            new Ipv4Subnet(0xC0A8_0000L, 16),
            new Ipv4Subnet(0x6440_0000L, 10));

    /** For instance {@code 192.168.50.0/24}; also one that names an address in the subnet. */
    static Optional<Ipv4Subnet> parse(String text) {
        return Subnet.parse(text)
                .filter(Subnet::isV4)
                .map(subnet -> new Ipv4Subnet(number(subnet.address()) & mask(subnet.prefix()), subnet.prefix()));
    }

    static OptionalLong address(String text) {
        Optional<InetAddress> literal = Subnet.literal(text).filter(a -> a.getAddress().length == Integer.BYTES);
        return literal.isPresent() ? OptionalLong.of(number(literal.get())) : OptionalLong.empty();
    }

    private static long number(InetAddress address) {
        long number = 0;
        for (byte part : address.getAddress()) {
            number = number << Byte.SIZE | (part & BYTE);
        }
        return number;
    }

    private static long mask(int prefix) {
        return (1L << BITS) - (1L << (BITS - prefix));
    }

    long last() {
        return first + (1L << (BITS - prefix)) - 1;
    }

    boolean contains(long address) {
        return address >= first && address <= last();
    }

    boolean overlaps(Ipv4Subnet other) {
        return first <= other.last() && other.first <= last();
    }

    boolean isPrivate() {
        return PRIVATE.stream().anyMatch(block -> block.contains(first) && block.contains(last()));
    }

    /** The address so far from the subnet's own. */
    String host(long offset) {
        return text(first + offset);
    }

    static String text(long address) {
        return octet(address, 3) + "." + octet(address, 2) + "." + octet(address, 1) + "." + octet(address, 0);
    }

    private static long octet(long address, int position) {
        return (address >> (position * Byte.SIZE)) & BYTE;
    }

    @Override
    public String toString() {
        return text(first) + "/" + prefix;
    }
}
