package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.host.UnmanagedDomain;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Domains that hosts have and that are no VMs of ours. */
public final class UnmanagedApi {
    /**
     * Asks a host, or all of them, at this moment. {@code NOT_FOUND} for a host that there is not; hosts that do not answer are named in
     * the answer.
     */
    public static final ServiceAddress<ListUnmanaged, Unmanaged> LIST =
            ServiceAddress.reading("compute.list-unmanaged", ListUnmanaged.class, Unmanaged.class);

    private UnmanagedApi() {}

    /** @param hostId absent: all hosts */
    public record ListUnmanaged(@Nullable UUID hostId) {}

    /**
     * @param silent the hosts that did not answer, so that what they have is not among the items
     * @param more whether there are others that did not fit into the answer
     */
    public record Unmanaged(List<OnHost> items, List<SilentHost> silent, boolean more) {
        public Unmanaged {
            items = List.copyOf(items);
            silent = List.copyOf(silent);
        }
    }

    public record OnHost(UUID hostId, String hostName, UnmanagedDomain domain) {}

    /** @param reason in a sentence */
    public record SilentHost(UUID hostId, String hostName, String reason) {}
}
