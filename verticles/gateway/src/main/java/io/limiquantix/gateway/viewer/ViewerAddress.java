package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where viewers are sent.
 *
 * @param name as configured; absent: what the client calls this server
 * @param port 0 while there is none for viewers
 */
public record ViewerAddress(@Nullable String name, int port) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");

    /** Empty while viewers are not served. */
    public OptionalInt portIfServed() {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** @throws FailureException {@code CONFLICT} while viewers are not served */
    public int requirePort() {
        return portIfServed()
                .orElseThrow(
                        () -> FailureException.conflict("This server does not listen for viewers: its administrator"
                                + " has to set gateway.viewerPort. The console in the browser works."));
    }

    /**
     * Without the brackets of an IPv6 address.
     *
     * @param asked how the client called this server, absent when it did not say
     */
    public String host(@Nullable String asked) {
        String host = name == null ? asked : name;
        String plain = host == null ? "" : host.replaceAll("^\\[(.*)]$", "$1");
        if (!HOST.matcher(plain).matches()) {
            throw FailureException.of(
                    FailureCode.INVALID,
                    "It is not known by which name viewers reach this server: its administrator has to set"
                            + " gateway.viewerName.");
        }
        return plain;
    }
}
