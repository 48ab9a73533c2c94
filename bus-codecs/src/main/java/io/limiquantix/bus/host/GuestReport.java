package io.limiquantix.bus.host;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the inside of a guest. All texts come from the guest and are not to be trusted.
 *
 * @param answered whether the agent replied just now; without it only leased addresses are known
 */
public record GuestReport(
        UUID vmId,
        boolean answered,
        @Nullable String agentVersion,
        @Nullable String hostName,
        @Nullable String operatingSystem,
        List<Address> addresses) {

    public GuestReport {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address of the guest, loopback and link-local left out.
     *
     * @param source {@code agent} or {@code lease}
     */
    public record Address(String mac, String ip, int prefix, String source) {}
}
