package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Domains of others become VMs where they are, and VMs become domains of nobody, while their guests run on. */
public final class AdoptionApi {
    /** {@code NOT_FOUND} without such a host or domain, {@code CONFLICT} with what stands in the way. */
    public static final ServiceAddress<AdoptDomain, TaskRef> ADOPT =
            ServiceAddress.changing("compute.adopt", AdoptDomain.class, TaskRef.class);

    /** {@code CONFLICT} with what stands in the way, for instance snapshots. */
    public static final ServiceAddress<ReleaseVm, TaskRef> RELEASE =
            ServiceAddress.changing("compute.release", ReleaseVm.class, TaskRef.class);

    private AdoptionApi() {}

    /**
     * @param uuid libvirt's, which is the VM's from then on
     * @param name absent: as libvirt calls it
     * @param description absent: as libvirt has it
     * @param folder absent: in none
     */
    public record AdoptDomain(
            UUID hostId,
            UUID uuid,
            @Nullable String name,
            @Nullable String description,
            @Nullable String folder,
            Map<String, String> labels) {
        public AdoptDomain {
            labels = Map.copyOf(labels);
        }
    }

    /** @param expectedVersion absent: whichever it has */
    public record ReleaseVm(UUID vmId, @Nullable Long expectedVersion) {}
}
