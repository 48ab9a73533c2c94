package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DiskBytes;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.storage.ExportMaking.File;
import io.limiquantix.storage.ExportMaking.Made;
import io.limiquantix.storage.VolumeHolds.Held;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The task that makes files of a virtual machine. All its disks are kept as they are before the first one is read, so that they belong
 * together and the machine can be started meanwhile; where one cannot be kept, the task works on the machine, which refuses its start.
 */
final class VmExport {
    static final String OVA = "ova";

    private final Bus bus;
    private final ExportMaking making;
    private final TaskKind<Input> kind = new TaskKind<>("vm.export", Input.class, this::run);

    VmExport(Bus bus, ExportMaking making) {
        this.bus = bus;
        this.making = making;
    }

    TaskKind<Input> kind() {
        return kind;
    }

    /**
     * @param exportId of the disk's file, unless all are in one
     * @param held a snapshot that keeps it as it is, absent where there can be none
     */
    record Disk(
            UUID exportId,
            UUID poolId,
            UUID volumeId,
            @Nullable UUID held) {}

    /**
     * @param archive the file with all of it, absent where each disk has one
     * @param hardware for that
     * @param disks in the order of the machine
     */
    record Input(
            UUID vmId,
            UUID hostId,
            String format,
            @Nullable UUID archive,
            @Nullable ApplianceHardware hardware,
            String description,
            List<Disk> disks) {
        Input {
            disks = List.copyOf(disks);
        }

        UUID firstExport() {
            return exports().getFirst();
        }

        private List<UUID> exports() {
            return archive == null ? disks.stream().map(Disk::exportId).toList() : List.of(archive);
        }

        private Optional<Held> hold(Disk disk) {
            return Optional.ofNullable(disk.held())
                    .map(snapshot -> new Held(disk.poolId(), disk.volumeId(), snapshot, hostId));
        }
    }

    /**
     * The host where it is.
     *
     * @throws FailureException {@code CONFLICT} with what to do unless it is off
     */
    static UUID requireOff(VmView vm) {
        String name = vm.spec().name();
        UUID host = vm.hostId();
        if (vm.phase() != VmView.Phase.READY || host == null) {
            throw FailureException.conflict("The virtual machine " + name
                    + " is being made or deleted, or lost its domain; it can be exported once it is there and off.");
        }
        PowerState state = vm.powerState();
        if (state == PowerState.UNKNOWN) {
            throw FailureException.conflict("Nobody knows whether the virtual machine " + name
                    + " runs, as its host does not answer. Export it when the host is back.");
        }
        if (state == PowerState.SUSPENDED) {
            throw FailureException.conflict("The virtual machine " + name
                    + " is suspended, so its disks hold a half of what its guest is doing. Start it and shut it down"
                    + " first, or discard its saved state.");
        }
        if (state != PowerState.STOPPED && state != PowerState.CRASHED) {
            throw FailureException.conflict("The virtual machine " + name
                    + " is not off, so its disks hold a half of what its guest is doing. Shut it down first, or export"
                    + " its volumes, which are kept as they are at one moment.");
        }
        return host;
    }

    private void run(Input input, TaskRun run) {
        int number = 0;
        for (Disk disk : input.disks()) {
            number++;
            Optional<Held> held = input.hold(disk);
            if (held.isPresent()) {
                run.step("keep disk " + number + " as it is", Nothing.class)
                        .progress(ExportMaking.BEGINS)
                        .orUndo(caller -> making.hold(held.get(), caller), caller -> {
                            making.forget(input.exports());
                            making.letGo(held.get(), caller);
                        });
            }
        }
        run.step("see that it is off", Nothing.class)
                .progress(ExportMaking.BEGINS)
                .orUndo(caller -> seeThatItIsOff(input, caller), caller -> making.forget(input.exports()));
        if (input.archive() == null) {
            makeDisks(input, run);
        } else {
            makeArchive(input, run, input.archive());
        }
        run.settle();
        run.pointOfNoReturn();
        letGo(input, run);
    }

    private Nothing seeThatItIsOff(Input input, Caller caller) {
        requireOff(bus.request(ComputeApi.GET, new ComputeApi.Vm(input.vmId()), caller));
        return Nothing.NOTHING;
    }

    private void letGo(Input input, TaskRun run) {
        int number = 0;
        for (Disk disk : input.disks()) {
            number++;
            Optional<Held> held = input.hold(disk);
            if (held.isPresent()) {
                run.step("let disk " + number + " go", Nothing.class)
                        .patience(ExportMaking.UNTIL_LET_GO)
                        .progress(ExportMaking.ENDS)
                        .run(caller -> making.letGo(held.get(), caller));
            }
        }
    }

    private void makeArchive(Input input, TaskRun run, UUID archive) {
        var request = new HostTransferApi.ExportAppliance(
                archive,
                Objects.requireNonNull(input.hardware()),
                input.description(),
                input.disks().stream()
                        .map(disk -> new DiskBytes(disk.poolId(), disk.volumeId(), disk.held(), null))
                        .toList());
        make(
                run,
                "export",
                new File(archive, input.hostId()),
                ExportMaking.BEGINS,
                ExportMaking.ENDS,
                asking -> Made.of(bus.request(HostTransferApi.EXPORT_APPLIANCE.at(input.hostId()), request, asking)));
    }

    private void makeDisks(Input input, TaskRun run) {
        int number = 0;
        int share = (ExportMaking.ENDS - ExportMaking.BEGINS) / input.disks().size();
        for (Disk disk : input.disks()) {
            var request = new HostTransferApi.ExportVolume(
                    disk.exportId(), disk.poolId(), disk.volumeId(), disk.held(), input.format());
            int from = ExportMaking.BEGINS + number * share;
            number++;
            make(
                    run,
                    "export disk " + number,
                    new File(disk.exportId(), input.hostId()),
                    from,
                    from + share,
                    asking -> Made.of(bus.request(HostTransferApi.EXPORT_VOLUME.at(input.hostId()), request, asking)));
        }
    }

    private void make(TaskRun run, String step, File file, int from, int to, Function<Caller, Made> ask) {
        run.step(step, ExportView.class)
                .progress(to)
                .patience(ExportMaking.PATIENCE)
                .orUndo(
                        caller -> making.make(file, new LongWork(run, from, to), ask, caller),
                        caller -> making.takeBack(file, caller));
    }
}
