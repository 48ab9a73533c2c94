package io.limiquantix.bus.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import java.util.UUID;

/** Volumes that go to another host with the virtual machine that has them, for the task that moves it. */
public final class ArrivalApi {
    /**
     * Makes the volume's place at another host, as a volume of the same id that has none of its bytes yet, unless that host reaches the
     * volume where it is. {@code CONFLICT} where it has snapshots or stands on another volume; asked again it is success.
     */
    public static final ServiceAddress<BeginArrival, Arriving> BEGIN =
            ServiceAddress.changing("storage.begin-arrival", BeginArrival.class, Arriving.class);

    /**
     * Makes the other host the volume's own, or gives its place there up. The copy that is not the volume any more is deleted, now or when its
     * host is heard again. Success when this migration has nothing of the volume.
     */
    public static final ServiceAddress<EndArrival, Nothing> END =
            ServiceAddress.changing("storage.end-arrival", EndArrival.class, Nothing.class);

    private ArrivalApi() {}

    /** @param hostId to which it goes */
    public record BeginArrival(UUID volumeId, UUID hostId, UUID migrationId) {}

    /**
     * @param toSend whether its bytes have to be sent
     * @param path on the host to which it goes
     */
    public record Arriving(boolean toSend, String path, String format, UUID poolId) {}

    /** @param arrived whether its bytes are there and the virtual machine uses them */
    public record EndArrival(UUID volumeId, UUID hostId, UUID migrationId, boolean arrived) {}
}
