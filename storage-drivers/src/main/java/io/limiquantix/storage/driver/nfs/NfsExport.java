package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to be mounted, and how.
 *
 * @param source as {@code mount} takes it, {@code server:/path}
 * @param options as {@code mount -o} takes them
 */
record NfsExport(String source, String options) {
    static final String SERVER = "server";
    static final String EXPORT = "export";
    static final String VERSION = "version";
    static final String OPTIONS = "options";

    private static final Pattern NAME_OR_IPV4 =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(%[A-Za-z0-9]+)?");
    private static final int LONGEST_NAME = 253;
    private static final Set<String> VERSIONS = Set.of("3", "4", "4.0", "4.1", "4.2");
    private static final Pattern OPTION = Pattern.compile("([a-z]+)(=[A-Za-z0-9.:]+)?");
    /** Of nfs(5); what would let the server's files act on the host is not among them. */
    private static final Set<String> KNOWN_OPTIONS = Set.of(
            "ac",
            "acdirmax",
            "acdirmin",
            "acregmax",
            "acregmin",
            "actimeo",
            "bg",
            "fg",
            "hard",
            "soft",
            "softerr",
            "intr",
            "local",
            "lock",
            "nolock",
            "lookupcache",
            "mountport",
            "mountproto",
            "mountvers",
            "nconnect",
            "max",
            "noac",
            "noatime",
            "nodiratime",
            "noresvport",
            "port",
            "proto",
            "rdma",
            "resvport",
            "retrans",
            "rsize",
            "sec",
            "sharecache",
            "nosharecache",
            "tcp",
            "timeo",
            "wsize",
            "xprtsec");

    /**
     * A guest's disk must not be told of an error because a server was restarted, so the mount is a hard one. That a volume has
     * no record of its files must not be remembered: another host may have written one.
     */
    private static final List<String> OURS =
            List.of("hard", "nosuid", "nodev", "noexec", "retry=0", "lookupcache=positive");

    /** @throws StorageException {@code INVALID} with the field */
    static NfsExport of(PoolSettings settings) {
        List<String> options = new ArrayList<>(OURS);
        settings.find(VERSION).ifPresent(version -> {
            if (!VERSIONS.contains(version)) {
                throw StorageException.invalid("settings." + VERSION, "The NFS version is 3, 4, 4.0, 4.1 or 4.2.");
            }
            options.add("vers=" + version);
        });
        settings.find(OPTIONS).ifPresent(given -> options.addAll(checked(given)));
        return new NfsExport(
                server(settings.get(SERVER)) + ":" + path(settings.get(EXPORT)), String.join(",", options));
    }

    private static String server(String text) {
        if (text.length() <= LONGEST_NAME && NAME_OR_IPV4.matcher(text).matches()) {
            return text;
        }
        if (IPV6.matcher(text).matches()) {
            return "[" + text + "]";
        }
        throw StorageException.invalid("settings." + SERVER, "The server is a host name or an IP address.");
    }

    private static String path(String text) {
        boolean usual = text.startsWith("/") && !text.contains("//") && !(text + "/").contains("/../");
        if (!usual) {
            throw StorageException.invalid(
                    "settings." + EXPORT, "The export is an absolute path of the server, without '..'.");
        }
        return text;
    }

    private static List<String> checked(String text) {
        List<String> options = List.of(text.split(",", -1));
        for (String option : options) {
            var matcher = OPTION.matcher(option);
            if (!matcher.matches() || !KNOWN_OPTIONS.contains(matcher.group(1))) {
                throw StorageException.invalid(
                        "settings." + OPTIONS, "\"" + option + "\" is no mount option that a pool may have.");
            }
        }
        return options;
    }
}
