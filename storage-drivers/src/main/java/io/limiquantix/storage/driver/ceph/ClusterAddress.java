package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.DiskSource.Monitor;
import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a cluster's RBD pool is reached.
 *
 * @param user without {@code client.}
 */
record ClusterAddress(List<Monitor> monitors, String pool, String user, CephxKey key) {
    static final String MONITORS = "monitors";
    static final String POOL = "pool";
    static final String USER = "user";
    static final String KEY = "key";

    /** Narrower than Ceph: neither a separator of an image's name nor an option can be among them. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    ClusterAddress {
        monitors = List.copyOf(monitors);
    }

    /** @throws StorageException {@code INVALID} with the field */
    static ClusterAddress of(PoolSettings settings) {
        return new ClusterAddress(
                MonitorList.parse(settings.get(MONITORS)),
                name(POOL, settings.get(POOL), "The RBD pool's name"),
                user(settings.get(USER)),
                CephxKey.of(settings.get(KEY)));
    }

    private static String user(String text) {
        if (text.startsWith("client.")) {
            throw StorageException.invalid("settings." + USER, "The user is given without \"client.\".");
        }
        return name(USER, text, "The cephx user's name");
    }

    private static String name(String setting, String text, String what) {
        if (!NAME.matcher(text).matches()) {
            throw StorageException.invalid(
                    "settings." + setting,
                    what + " has letters, digits, '_', '-' and '.', and begins with none of the last two.");
        }
        return text;
    }
}
