package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.DiskSource.Monitor;
import io.limiquantix.storage.driver.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The monitors of a cluster as text: {@code host}, {@code host:port} and {@code [IPv6]:port}, separated by commas. */
final class MonitorList {
    /** Of messenger v2, which every monitor since Nautilus speaks there. */
    static final int USUAL_PORT = 3300;

    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_NAME = 253;
    private static final Pattern ENTRY = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");
    private static final Pattern NAME_OR_IPV4 =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\d{1,3}(\\.\\d{1,3}){3})?");

    private MonitorList() {}

    /** @throws StorageException {@code INVALID} with the entry that is none */
    static List<Monitor> parse(String text) {
        List<Monitor> monitors = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            monitors.add(monitor(entry.strip()));
        }
        return monitors;
    }

    private static Monitor monitor(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw refused(entry);
        }
        String host = parts.group(1) == null ? name(parts.group(2), entry) : ipv6(parts.group(1), entry);
        int port = parts.group(3) == null ? USUAL_PORT : Integer.parseInt(parts.group(3));
        if (port < 1 || port > HIGHEST_PORT) {
            throw refused(entry);
        }
        return new Monitor(host, port);
    }

    private static String name(String text, String entry) {
        if (text.length() > LONGEST_NAME || !NAME_OR_IPV4.matcher(text).matches()) {
            throw refused(entry);
        }
        return text;
    }

    private static String ipv6(String text, String entry) {
        if (!IPV6.matcher(text).matches()) {
            throw refused(entry);
        }
        return text;
    }

    private static StorageException refused(String entry) {
        return StorageException.invalid(
                "settings." + ClusterAddress.MONITORS,
                "\"" + entry + "\" is no monitor: it is host, host:port or [IPv6]:port, more of them with commas.");
    }

    /** As ceph.conf(5) has them in {@code mon host}. */
    static String text(List<Monitor> monitors) {
        return String.join(",", monitors.stream().map(MonitorList::text).toList());
    }

    private static String text(Monitor monitor) {
        String host = monitor.host().contains(":") ? "[" + monitor.host() + "]" : monitor.host();
        return host + ":" + monitor.port();
    }
}
