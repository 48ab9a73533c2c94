package io.limiquantix.host.download;

import io.limiquantix.bus.FailureException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be asked on behalf of a user: those of the public network, and what an administrator of this host allows.
 * Else a user could have this host read what only it reaches. The blocks are those of IANA's registries of special-purpose
 * addresses (RFC 6890). Safe for any thread.
 */
public final class AddressGuard {
    private static final List<AddressRange> SPECIAL_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    /** Anything else of IPv6 is special. */
    private static final AddressRange UNICAST_IPV6 = AddressRange.parse("2000::/3");
    /** Among those, ways to IPv4 addresses (Teredo, 6to4), and examples. */
    private static final List<AddressRange> SPECIAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<AddressRange> allowed;
    private final Resolver resolver;

    /** Looks names up, as {@link InetAddress#getAllByName}. */
    interface Resolver {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    /** @param allowed what may be asked although it is not public */
    public AddressGuard(List<AddressRange> allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    AddressGuard(List<AddressRange> allowed, Resolver resolver) {
        this.allowed = List.copyOf(allowed);
        this.resolver = resolver;
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::parse).toList();
    }

    /**
     * The addresses of a server, all of which may be asked. Whoever connects takes one of them and never looks the name up again:
     * the next answer could be another one.
     *
     * @throws FailureException {@code INVALID} when one of them may not
     * @throws BrokenOffException when the name is not known now
     */
    List<InetAddress> require(String host) throws BrokenOffException {
        List<InetAddress> addresses = lookUp(host);
        for (InetAddress address : addresses) {
            if (!isOpen(address)) {
                throw FailureException.invalid(
                        "url",
                        host
                                + " is not in the public network. Where files are to be fetched from there, allow its network in"
                                + " host.downloads.allowedNetworks of the host.");
            }
        }
        return addresses;
    }

    private List<InetAddress> lookUp(String host) throws BrokenOffException {
        try {
            return List.of(resolver.addressesOf(host));
        } catch (UnknownHostException e) {
            throw new BrokenOffException("The name " + host + " is not known to this host's name service", e);
        }
    }

    boolean isOpen(InetAddress address) {
        return isIn(allowed, address) || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !isIn(SPECIAL_IPV4, address)
                : UNICAST_IPV6.contains(address) && !isIn(SPECIAL_IPV6, address);
    }

    private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
