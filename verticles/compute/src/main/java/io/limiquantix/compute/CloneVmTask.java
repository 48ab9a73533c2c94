package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.compute.VmMaking.MadeDisk;
import io.limiquantix.compute.VmMaking.MadeSeed;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.ActiveTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a clone of a VM from a snapshot. One that fails leaves nothing behind; its source does not notice either. */
final class CloneVmTask {
    private static final int KEPT = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VmMaking making;
    private final CloneLinks links;
    private final AwaitedTask awaited;
    private final CloneVariables variables;

    CloneVmTask(Database database, Bus bus, Tasks tasks, VmMaking making, CloneLinks links) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.making = making;
        this.links = links;
        this.awaited = new AwaitedTask(bus);
        this.variables = new CloneVariables(bus, making);
    }

    /**
     * What a disk of the clone begins with.
     *
     * @param part the source's volume and its snapshot; absent for a disk that both share
     */
    record Origin(StorageApi.@Nullable Snapshot part) {}

    /**
     * @param linked whether the disks stand on the source's
     * @param keeping the task that makes the snapshot; absent: it is there
     * @param hostId the host that the user chose
     * @param hosts those where it can be
     * @param preferred those of them where nothing has to be copied from host to host
     * @param origins of its disks, in their order
     * @param variablesOf the VM whose UEFI variables it begins with; absent: with new ones
     * @param remark what the user is to know, in lines, in the task's log
     */
    record Input(
            UUID vmId,
            boolean linked,
            @Nullable UUID keeping,
            @Nullable UUID hostId,
            HostSet hosts,
            HostSet preferred,
            List<Origin> origins,
            @Nullable UUID variablesOf,
            boolean start,
            @Nullable String remark) {
        Input {
            origins = List.copyOf(origins);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.CLONE, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Optional<StoredVm> stored = making.find(input.vmId());
        if (stored.isEmpty()) {
            // Taking it back has come as far as that.
            return;
        }
        StoredVm vm = stored.get();
        making.accept(vm, input.remark(), run);
        awaitSnapshot(input, run);
        UUID hostId = making.place(vm, input.hostId(), input.hosts(), input.preferred(), run);
        making.bringImages(vm, hostId, run);
        List<MadeDisk> disks = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            disks.add(disk(input, vm, i, hostId, run));
        }
        MadeSeed seed = making.seed(vm, hostId, run);
        making.define(vm, hostId, disks, seed, run);
        variables.bring(input, hostId, run);
        if (input.start()) {
            making.start(vm, hostId, run);
        }
        if (!input.linked()) {
            run.step("let the source go", Nothing.class).run(caller -> letGo(input));
        }
        making.ready(vm, hostId, run);
    }

    private void awaitSnapshot(Input input, TaskRun run) {
        UUID keeping = input.keeping();
        if (keeping != null) {
            run.step("keep what the source holds", Nothing.class)
                    .progress(KEPT)
                    .patience(PATIENCE)
                    .run(caller -> awaited.await(
                            keeping, 0, KEPT, "What the source holds could not be kept by a snapshot", run, caller));
        }
    }

    private MadeDisk disk(Input input, StoredVm vm, int index, UUID hostId, TaskRun run) {
        StorageApi.Snapshot part = input.origins().get(index).part();
        if (part == null) {
            return making.take(vm, index, hostId, run);
        }
        return input.linked() ? link(vm, index, hostId, part, run) : copy(vm, index, hostId, part, run);
    }

    private MadeDisk link(StoredVm vm, int index, UUID hostId, StorageApi.Snapshot part, TaskRun run) {
        Disk disk = vm.disks().get(index);
        var wish = new StorageApi.ProvisionVolume(
                disk.volumeId(),
                disk.poolId(),
                hostId,
                name(vm, index),
                disk.sizeBytes(),
                VolumeOrigin.linkedTo(part.volumeId(), part.snapshotId()),
                false,
                Preallocation.THIN,
                vm.id());
        return making.provision(vm, index, wish, run);
    }

    private static String name(StoredVm vm, int index) {
        return vm.name() + "-" + (index + 1);
    }

    private MadeDisk copy(StoredVm vm, int index, UUID hostId, StorageApi.Snapshot part, TaskRun run) {
        Disk disk = vm.disks().get(index);
        var wish = new StorageApi.CopySnapshot(disk.volumeId(), disk.poolId(), hostId, name(vm, index), part, vm.id());
        return run.step("copy disk " + (index + 1), MadeDisk.class)
                .progress(VmMaking.disksMade(vm, index + 1))
                .patience(PATIENCE)
                .orUndo(
                        caller -> {
                            TaskRef copying = bus.request(StorageApi.COPY_SNAPSHOT, wish, caller);
                            awaited.await(
                                    copying.taskId(),
                                    VmMaking.disksMade(vm, index),
                                    VmMaking.disksMade(vm, index + 1),
                                    "Disk " + (index + 1) + " could not be copied",
                                    run,
                                    caller);
                            return VmMaking.made(
                                    bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller));
                        },
                        caller -> takeBack(disk.volumeId(), caller));
    }

    private void takeBack(UUID volumeId, Caller caller) {
        ActiveTask copying = database.transaction(tx -> tasks.activeOn(tx, List.of(volumeId)))
                .get(volumeId);
        if (copying != null) {
            cancel(copying.taskId(), caller);
            throw FailureException.of(
                    FailureCode.UNAVAILABLE, "The task " + copying.taskId() + " is taking back what it copied.");
        }
        bus.request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(volumeId), caller);
    }

    private void cancel(UUID taskId, Caller caller) {
        try {
            bus.request(TaskApi.CANCEL, new TaskApi.Get(taskId), caller.part("cancel"));
        } catch (FailureException e) {
            // It has just ended by itself.
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
        }
    }

    private Nothing letGo(Input input) {
        database.run(tx -> links.remove(tx, input.vmId()));
        return Nothing.NOTHING;
    }
}
