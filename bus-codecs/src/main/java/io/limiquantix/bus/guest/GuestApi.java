package io.limiquantix.bus.guest;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.Topic;
import io.limiquantix.bus.host.GuestReport;
import java.util.UUID;

/** The inside of guests. */
public final class GuestApi {
    /** Asks the guest now, publishes what changed and answers it. */
    public static final ServiceAddress<Ask, GuestReport> ASK =
            ServiceAddress.reading("guest.ask", Ask.class, GuestReport.class);

    /** Published when something about a guest changed. */
    public static final Topic<GuestReport> CHANGED = new Topic<>("guest.changed", GuestReport.class);

    private GuestApi() {}

    public record Ask(UUID vmId, UUID hostId) {}
}
