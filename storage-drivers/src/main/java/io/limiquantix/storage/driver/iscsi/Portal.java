package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a target listens: an address or a host name, and a port. */
record Portal(String host, int port) {
    /** Of RFC 7143. */
    static final int USUAL_PORT = 3260;

    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_NAME = 253;
    private static final Pattern ENTRY = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");
    private static final Pattern NAME_OR_IPV4 =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\d{1,3}(\\.\\d{1,3}){3})?");

    /** @throws StorageException {@code INVALID} with the entry that is none */
    static List<Portal> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Portal::of)
                .distinct()
                .toList();
    }

    private static Portal of(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw refused(entry);
        }
        int port = parts.group(3) == null ? USUAL_PORT : Integer.parseInt(parts.group(3));
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        boolean usual = parts.group(1) == null
                ? host.length() <= LONGEST_NAME && NAME_OR_IPV4.matcher(host).matches()
                : IPV6.matcher(host).matches();
        if (!usual || port < 1 || port > HIGHEST_PORT) {
            throw refused(entry);
        }
        return new Portal(host, port);
    }

    private static StorageException refused(String entry) {
        return StorageException.invalid(
                "settings." + IscsiTarget.PORTALS,
                "\"" + entry + "\" is no portal: it is host, host:port or [IPv6]:port, more of them with commas.");
    }

    /** As iscsiadm(8) takes it. */
    String text() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
