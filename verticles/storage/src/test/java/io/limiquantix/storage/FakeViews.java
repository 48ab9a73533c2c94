package io.limiquantix.storage;

import io.limiquantix.bus.scheduler.HostView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What other services say of things. */
final class FakeViews {
    private FakeViews() {}

    /** A host that is up. */
    static HostView host(UUID id) {
        return new HostView(
                id,
                "h",
                HostView.State.UP,
                "0.1.0",
                null,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
