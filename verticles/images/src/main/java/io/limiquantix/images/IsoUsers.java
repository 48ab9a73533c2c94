package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The VMs that have an ISO in a CD-ROM drive: without it they would not start any more. */
public final class IsoUsers {
    private static final String ISO = "iso";

    private IsoUsers() {}

    /** @throws FailureException {@code CONFLICT} with their names */
    static void requireNone(Bus bus, ImageView image, Caller caller) {
        if (image.format().equals(ISO)) {
            require(bus, new ComputeApi.IsoUses(image.id(), null, null), "The image " + image.name(), caller);
        }
    }

    /**
     * The same of one copy.
     *
     * @param hostId absent: the pool's hosts share it
     */
    public static void requireNoneAt(Bus bus, UUID imageId, UUID poolId, @Nullable UUID hostId, Caller caller) {
        require(bus, new ComputeApi.IsoUses(imageId, poolId, hostId), "This copy", caller);
    }

    private static void require(Bus bus, ComputeApi.IsoUses which, String what, Caller caller) {
        List<String> names =
                bus.request(ComputeApi.LIST_ISO_USES, which, caller).names();
        if (!names.isEmpty()) {
            throw FailureException.conflict(
                    what + " is in a CD-ROM drive of " + String.join(", ", names) + "; delete these VMs first.");
        }
    }
}
