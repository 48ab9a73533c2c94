package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.DriftApi;

/** VMs whose domains somebody changed with libvirt's own tools. */
public final class VmDriftApi {
    /** Asks the VM's host at this moment. {@code CONFLICT} while it has no domain, {@code UNAVAILABLE} when its host does not answer. */
    public static final ServiceAddress<ComputeApi.Vm, DriftApi.Drift> LOOK =
            ServiceAddress.reading("compute.look-at-drift", ComputeApi.Vm.class, DriftApi.Drift.class);

    /** Begins to make its definition what it was; what a running domain does not take is pending until its next start. */
    public static final ServiceAddress<ComputeApi.Vm, TaskRef> CORRECT =
            ServiceAddress.changing("compute.correct-drift", ComputeApi.Vm.class, TaskRef.class);

    private VmDriftApi() {}
}
