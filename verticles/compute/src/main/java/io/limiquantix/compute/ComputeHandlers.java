package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.runtime.bus.Bus;

/** Answers {@link ComputeApi}. */
final class ComputeHandlers {
    private final VmCreation creation;
    private final VmViews views;
    private final VmPages pages;
    private final VmPower power;
    private final VmDeletion deletion;
    private final VmDisks disks;
    private final VmEditing editing;
    private final VmCdroms cdroms;
    private final VmNics nics;
    private final ConsoleRouting consoles;
    private final DefinitionReading definitions;
    private final SeedPreviews seeds;

    ComputeHandlers(
            VmCreation creation,
            VmViews views,
            VmPages pages,
            VmPower power,
            VmDeletion deletion,
            VmDisks disks,
            VmEditing editing,
            VmCdroms cdroms,
            VmNics nics,
            ConsoleRouting consoles,
            DefinitionReading definitions,
            SeedPreviews seeds) {
        this.creation = creation;
        this.views = views;
        this.pages = pages;
        this.power = power;
        this.deletion = deletion;
        this.disks = disks;
        this.editing = editing;
        this.cdroms = cdroms;
        this.nics = nics;
        this.consoles = consoles;
        this.definitions = definitions;
        this.seeds = seeds;
    }

    void serve(Bus bus) {
        bus.serve(ComputeApi.CREATE, creation::create);
        bus.serve(ComputeApi.GET, (request, caller) -> views.get(request.vmId(), caller));
        bus.serve(ComputeApi.LIST, pages::list);
        bus.serve(ComputeApi.LIST_ISO_USES, (request, caller) -> views.isoUses(request));
        bus.serve(ComputeApi.PREVIEW_SEED, (request, caller) -> seeds.of(request));
        bus.serve(ComputeApi.GET_SEED, (request, caller) -> seeds.of(request.vmId()));
        bus.serve(ComputeApi.POWER, power::begin);
        bus.serve(ComputeApi.DELETE, deletion::begin);
        bus.serve(ComputeApi.EDIT, editing::edit);
        bus.serve(ComputeApi.ADD_DISK, disks::add);
        bus.serve(ComputeApi.EDIT_DISK, disks::edit);
        bus.serve(ComputeApi.CHANGE_CDROM, cdroms::change);
        bus.serve(ComputeApi.ATTACH_DISK, disks::attach);
        bus.serve(ComputeApi.DETACH_DISK, disks::detach);
        bus.serve(ComputeApi.ATTACH_NIC, nics::attach);
        bus.serve(ComputeApi.CHANGE_NIC, nics::change);
        bus.serve(ComputeApi.DETACH_NIC, nics::detach);
        bus.serve(ComputeApi.OPEN_CONSOLE, consoles::open);
        bus.serve(ComputeApi.TAKE_PICTURE, consoles::takePicture);
        bus.serve(ComputeApi.READ_DEFINITION, definitions::read);
    }
}
