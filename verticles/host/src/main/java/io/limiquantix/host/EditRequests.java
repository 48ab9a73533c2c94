package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.domain.EditedDrives;
import io.limiquantix.host.guest.GuestMemory;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.DomainDrives;
import io.limiquantix.host.libvirt.DomainEdits;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.runtime.bus.Caller;
import java.nio.file.Path;
import java.util.UUID;

/** Requests that change machines which are there already. Each answers what libvirt says of the domain after it. */
final class EditRequests {
    private final DomainEdits edits;
    private final GuestMemory memory;
    private final DomainDrives drives;
    private final OpenPools pools;
    private final DomainInventory inventory;

    EditRequests(
            DomainEdits edits, GuestMemory memory, DomainDrives drives, OpenPools pools, DomainInventory inventory) {
        this.edits = edits;
        this.memory = memory;
        this.drives = drives;
        this.pools = pools;
        this.inventory = inventory;
    }

    void serve(HostRequests requests) {
        requests.perform(DomainApi.EDIT, this::edit);
        requests.perform(DomainApi.DESCRIBE, this::describe);
        requests.perform(DomainApi.CHANGE_MEDIUM, this::changeMedium);
    }

    /** @throws FailureException {@code INVALID} with the field */
    private DomainReport edit(DomainApi.EditDomain request, Caller caller) {
        DomainCheck.check(request);
        boolean plugged = edits.edit(request, caller.deadline());
        if (!Certainty.afterChange(() -> memory.used(request.vmId(), caller.deadline())) && plugged) {
            edits.unplug(request.vmId(), caller.deadline());
        }
        return look(request.vmId(), caller);
    }

    private DomainReport describe(DomainApi.Describe request, Caller caller) {
        DomainCheck.description(request.digest(), request.description());
        edits.describe(request, caller.deadline());
        return look(request.vmId(), caller);
    }

    private DomainReport changeMedium(DomainApi.ChangeMedium request, Caller caller) {
        UUID image = request.medium().imageId();
        UUID pool = request.medium().poolId();
        Path iso = image == null || pool == null ? null : DomainPlacement.iso(pools.require(pool), image);
        drives.change(
                request.vmId(),
                new EditedDrives(request.drive(), request.drives(), iso),
                request.force(),
                caller.deadline());
        return look(request.vmId(), caller);
    }

    private DomainReport look(UUID vmId, Caller caller) {
        return Certainty.afterChange(() -> inventory.look(vmId, caller.deadline()));
    }
}
