package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.ComputeApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of VMs; its neighbours' cursors are absent where there is none. */
public record VmListBody(
        List<VmBody> items,
        @Nullable String nextCursor,
        @Nullable String previousCursor,
        @Nullable Long total) {
    static VmListBody of(ComputeApi.Vms page) {
        return new VmListBody(
                page.items().stream().map(VmBody::of).toList(), page.nextCursor(), page.previousCursor(), page.total());
    }
}
