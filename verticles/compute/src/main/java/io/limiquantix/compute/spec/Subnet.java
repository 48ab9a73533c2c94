package io.limiquantix.compute.spec;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address with its prefix. Only literals are read; nothing is ever looked up. */
public record Subnet(InetAddress address, int prefix) {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]{2,39}");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    /** For instance {@code 192.0.2.10/24} or {@code 2001:db8::10/64}. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return literal(text.substring(0, slash))
                .filter(address -> prefix >= 1 && prefix <= bits(address))
                .map(address -> new Subnet(address, prefix));
    }

    /** The address, if this is one written in full. */
    public static Optional<InetAddress> literal(String text) {
        try {
            if (V4.matcher(text).matches()) {
                return Optional.of(Inet4Address.ofLiteral(text));
            }
            return V6.matcher(text).matches() ? Optional.of(Inet6Address.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    public boolean isV4() {
        return address instanceof Inet4Address;
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the address names the subnet itself or all of its hosts, which no host can have. */
    boolean isReserved() {
        if (!isV4() || prefix > bits(address) - 2) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int value = 0;
        for (byte part : bytes) {
            value = value << Byte.SIZE | (part & 0xFF);
        }
        int host = value & (-1 >>> prefix);
        return host == 0 || host == -1 >>> prefix;
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
