package io.limiquantix.compute;

import io.limiquantix.bus.compute.CloneApi;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.runtime.bus.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests for clones. */
final class CloneRequests {
    private CloneRequests() {}

    /** As the source, left off. */
    static CloneVm of(UUID source, String name, Kind kind, @Nullable UUID snapshot) {
        return new CloneVm(
                source, name, kind, snapshot, true, null, Map.of(), null, null, null, CloneApi.Setup.AS_SOURCE, false);
    }

    static Clones begin(ComputeProcess compute, CloneVm wish, Caller caller) {
        return compute.plane.bus().request(CloneApi.CLONE, wish, caller);
    }
}
