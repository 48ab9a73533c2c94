package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.ExportStore.NewExport;
import io.limiquantix.storage.VmExport.Disk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins exports of virtual machines that are off. */
final class VmExportTasks {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VmExport body;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final ExportStore store = new ExportStore();

    VmExportTasks(Database database, Bus bus, Tasks tasks, ExportMaking making) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.body = new VmExport(bus, making);
    }

    void register() {
        tasks.register(body.kind());
    }

    TaskRef submit(TransferApi.ExportVm request, Caller caller) {
        Optional<TaskRef> earlier = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        VmView vm = bus.request(ComputeApi.GET, new ComputeApi.Vm(request.vmId()), caller);
        UUID host = VmExport.requireOff(vm);
        boolean whole = request.format().equals(VmExport.OVA);
        OperatingSystem system = whole ? system(vm, caller) : null;
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId())
                .orElseGet(() -> begin(tx, vm, host, request.format(), system, caller)));
    }

    /** That of the image on its first disk, as far as the user sees it. */
    private @Nullable OperatingSystem system(VmView vm, Caller caller) {
        Optional<UUID> image = vm.disks().stream().findFirst().flatMap(disk -> Optional.ofNullable(disk.imageId()));
        if (image.isEmpty()) {
            return null;
        }
        try {
            return bus.request(ImagesApi.GET, new ImagesApi.Image(image.get()), caller)
                    .operatingSystem();
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private TaskRef begin(
            Transaction tx, VmView vm, UUID host, String format, @Nullable OperatingSystem system, Caller caller) {
        List<Disk> disks = new ArrayList<>();
        for (VmView.Disk disk : vm.disks()) {
            disks.add(disk(tx, disk.volumeId()));
        }
        if (disks.isEmpty()) {
            throw FailureException.conflict("The virtual machine " + vm.spec().name() + " has no disk to export.");
        }
        boolean whole = format.equals(VmExport.OVA);
        VmExport.Input input = new VmExport.Input(
                vm.id(),
                host,
                format,
                whole ? Uuid7.next() : null,
                whole ? ExportedMachine.of(vm, system) : null,
                vm.spec().description(),
                disks);
        insert(tx, vm, input);
        boolean held = disks.stream().allMatch(disk -> disk.held() != null);
        return tasks.submit(
                tx,
                new Submission<>(
                        body.kind(),
                        input,
                        caller.operationId(),
                        caller.actor(),
                        held ? ExportTasks.TARGET : "vm",
                        held ? input.firstExport() : vm.id(),
                        vm.spec().name()));
    }

    private Disk disk(Transaction tx, UUID volumeId) {
        VolumeView volume = volumes.get(tx, volumeId);
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        boolean holds = CopyPlace.canHold(tx, pools, volume);
        if (!holds) {
            Attachments.requireOneUser(volume, "What it holds now can be exported");
        }
        return new Disk(Uuid7.next(), volume.poolId(), volumeId, holds ? VolumeHolds.newId() : null);
    }

    private void insert(Transaction tx, VmView vm, VmExport.Input input) {
        var origin = new ExportOrigin(ExportOrigin.Kind.VM, vm.id());
        String name = vm.spec().name();
        if (input.archive() != null) {
            String file = name + "." + input.format();
            store.insert(tx, new NewExport(input.archive(), origin, null, null, file, input.format(), input.hostId()));
            return;
        }
        int number = 0;
        for (Disk disk : input.disks()) {
            String file = name + "-disk" + ++number + "." + input.format();
            store.insert(
                    tx,
                    new NewExport(
                            disk.exportId(), origin, disk.volumeId(), null, file, input.format(), input.hostId()));
        }
    }
}
