package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.Optional;
import java.util.UUID;

/** Keeps the disks of templates as they are, since what is deployed from one is to be what was converted. */
final class TemplateDisks {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VolumeStore volumes = new VolumeStore();

    TemplateDisks(Database database, Bus bus, Tasks tasks) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
    }

    /**
     * Refuses what would change a template's disk, unless that was begun before it was one; blocks.
     *
     * @throws FailureException {@code CONFLICT} when the volume is a template's, {@code UNAVAILABLE} when nobody can say so
     */
    void requireNone(UUID volumeId, Caller caller) {
        boolean begun = database.transaction(tx -> tasks.submitted(tx, caller.operationId()))
                .isPresent();
        Optional<VolumeView> volume = database.transaction(tx -> volumes.find(tx, volumeId));
        UUID vmId = volume.map(VolumeView::vmId).orElse(null);
        if (begun || vmId == null) {
            return;
        }
        vm(vmId, caller).filter(vm -> vm.template() != null).ifPresent(vm -> {
            throw FailureException.conflict("The volume is a disk of "
                    + vm.spec().name() + ", which is a template; convert it back to a VM before you change its disks.");
        });
    }

    private Optional<VmView> vm(UUID vmId, Caller caller) {
        try {
            return Optional.of(bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), caller));
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
