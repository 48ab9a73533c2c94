package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.runtime.bus.Bus;

/** Answers {@link ComputeApi}. */
final class ComputeHandlers {
    private final VmCreation creation;
    private final VmViews views;
    private final VmPower power;
    private final VmDeletion deletion;
    private final VmDisks disks;
    private final VmNics nics;
    private final ConsoleRouting consoles;

    ComputeHandlers(
            VmCreation creation,
            VmViews views,
            VmPower power,
            VmDeletion deletion,
            VmDisks disks,
            VmNics nics,
            ConsoleRouting consoles) {
        this.creation = creation;
        this.views = views;
        this.power = power;
        this.deletion = deletion;
        this.disks = disks;
        this.nics = nics;
        this.consoles = consoles;
    }

    void serve(Bus bus) {
        bus.serve(ComputeApi.CREATE, creation::create);
        bus.serve(ComputeApi.GET, (request, caller) -> views.get(request.vmId(), caller));
        bus.serve(ComputeApi.LIST, views::list);
        bus.serve(ComputeApi.LIST_ISO_USES, (request, caller) -> views.isoUses(request));
        bus.serve(ComputeApi.POWER, power::begin);
        bus.serve(ComputeApi.DELETE, deletion::begin);
        bus.serve(ComputeApi.ATTACH_DISK, disks::attach);
        bus.serve(ComputeApi.DETACH_DISK, disks::detach);
        bus.serve(ComputeApi.ATTACH_NIC, nics::attach);
        bus.serve(ComputeApi.CHANGE_NIC, nics::change);
        bus.serve(ComputeApi.DETACH_NIC, nics::detach);
        bus.serve(ComputeApi.OPEN_CONSOLE, consoles::open);
        bus.serve(ComputeApi.TAKE_PICTURE, consoles::takePicture);
    }
}
