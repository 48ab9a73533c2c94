package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** VMs whose domains somebody changed with libvirt's own tools. */
public final class VmDriftApi {
    /** Asks the VM's host at this moment. {@code CONFLICT} while it has no domain, {@code UNAVAILABLE} when its host does not answer. */
    public static final ServiceAddress<ComputeApi.Vm, VmDrift> LOOK =
            ServiceAddress.reading("compute.look-at-drift", ComputeApi.Vm.class, VmDrift.class);

    /** Begins to make its definition what it was; what a running domain does not take is pending until its next start. */
    public static final ServiceAddress<ComputeApi.Vm, TaskRef> CORRECT =
            ServiceAddress.changing("compute.correct-drift", ComputeApi.Vm.class, TaskRef.class);

    /** Begins to make the VM what was found; {@code CONFLICT} with all that keeps something of it from being accepted, and then nothing is. */
    public static final ServiceAddress<ComputeApi.Vm, TaskRef> ACCEPT =
            ServiceAddress.changing("compute.accept-drift", ComputeApi.Vm.class, TaskRef.class);

    private VmDriftApi() {}

    /** @param differences none: it is as it is expected to be */
    public record VmDrift(List<FoundDifference> differences) {
        public VmDrift {
            differences = List.copyOf(differences);
        }
    }

    /**
     * As {@link io.limiquantix.bus.host.DriftApi.Difference} has it.
     *
     * @param obstacle why it cannot be accepted; absent: it can
     */
    public record FoundDifference(
            String field,
            String expected,
            String found,
            @Nullable String obstacle) {}
}
