package io.limiquantix.bus.compute;

import io.limiquantix.bus.Past;
import io.limiquantix.bus.ServiceAddress;
import java.util.List;

/** What happened to VMs. */
public final class VmEventApi {
    /**
     * What happened to one, named by its kinds ({@link VmEventView.Kind}). Of a VM that does not exist (any more), only those from whom
     * nothing is hidden are told; others get {@code NOT_FOUND}.
     */
    public static final ServiceAddress<Past, VmEvents> LIST =
            ServiceAddress.reading("compute.vm-events", Past.class, VmEvents.class);

    private VmEventApi() {}

    /**
     * @param vmExists whether the VM is still there
     * @param more whether there is more before the last one
     */
    public record VmEvents(List<VmEventView> items, boolean vmExists, boolean more) {
        public VmEvents {
            items = List.copyOf(items);
        }
    }
}
