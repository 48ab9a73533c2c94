package io.limiquantix.compute.cloudinit;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a guest is called.
 *
 * @param label the name without its domain
 * @param full the name with its domain, where it has one
 */
public record HostName(String label, Optional<String> full) {
    private static final int MOST = 63;

    /** The wish, or the VM's name with what a host name may not contain replaced. */
    public static HostName of(@Nullable String wish, String vmName) {
        String name = Stream.of((wish == null ? vmName : wish).split("\\."))
                .map(HostName::label)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.joining("."));
        int dot = name.indexOf('.');
        return dot < 0 ? new HostName(name, Optional.empty()) : new HostName(name.substring(0, dot), Optional.of(name));
    }

    private static String label(String text) {
        String cleaned = text.replaceAll("[^A-Za-z0-9-]", "-");
        String cut = cleaned.substring(0, Math.min(MOST, cleaned.length()));
        return cut.replaceAll("^-+|-+$", "");
    }
}
