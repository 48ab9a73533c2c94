package io.limiquantix.host.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel's network interfaces, as it shows them (Documentation/ABI/testing/sysfs-class-net). */
public final class NetworkInterfaces {
    private final Path root;

    public NetworkInterfaces() {
        this(Path.of("/sys/class/net"));
    }

    NetworkInterfaces(Path root) {
        this.root = root;
    }

    public boolean exists(String name) {
        return Files.exists(root.resolve(name));
    }

    public boolean isBridge(String name) {
        return Files.isDirectory(root.resolve(name).resolve("bridge"));
    }

    /** Those of the bridge that lead out of the host: all but the ends of guests' cards, in the order of their names. */
    public List<String> uplinks(String bridge) {
        Path ports = root.resolve(bridge).resolve("brif");
        return Files.isDirectory(ports)
                ? names(ports).stream().filter(port -> !isTap(port)).toList()
                : List.of();
    }

    private boolean isTap(String name) {
        return Files.exists(root.resolve(name).resolve("tun_flags"));
    }

    /** The bridge that the interface is a port of. */
    public Optional<String> bridgeOf(String name) {
        Path master = root.resolve(name).resolve("master");
        try {
            return Files.exists(master)
                    ? Optional.of(String.valueOf(master.toRealPath().getFileName()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Those with this alias (ip-link(8)). */
    public List<String> withAlias(String alias) {
        return names(root).stream().filter(name -> alias.equals(alias(name))).toList();
    }

    private String alias(String name) {
        try {
            return Files.readString(root.resolve(name).resolve("ifalias")).strip();
        } catch (IOException e) {
            // An interface may vanish while it is read, and a file of the kind bonding_masters is no interface.
            return "";
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
