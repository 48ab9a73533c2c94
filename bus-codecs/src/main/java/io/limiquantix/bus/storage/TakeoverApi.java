package io.limiquantix.bus.storage;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import java.util.UUID;

/** Volumes that come and go with VMs that are adopted and released: their bytes stay where they are. */
public final class TakeoverApi {
    /** Makes a disk's file a volume of the VM; asked again with the same id it goes on where it was. {@code CONFLICT} with the reason. */
    public static final ServiceAddress<TakeOver, VolumeView> TAKE_OVER =
            ServiceAddress.changing("storage.take-over-volume", TakeOver.class, VolumeView.class);

    /** Forgets a volume of the VM and leaves its file under the name by which domains know it; success when the VM has none such. */
    public static final ServiceAddress<LetGo, Nothing> LET_GO =
            new ServiceAddress<>("storage.let-volume-go", LetGo.class, Nothing.class, Effect.CHANGE);

    private TakeoverApi() {}

    /**
     * @param name what the volume is to be called
     * @param file where it is at the host, absolute and without symbolic links
     */
    public record TakeOver(
            UUID volumeId, UUID poolId, UUID hostId, UUID vmId, String name, String file, String format) {}

    /** @param hostId where the VM is */
    public record LetGo(UUID volumeId, UUID hostId, UUID vmId) {}
}
