package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes how a VM reaches a disk, and grows it. What has grown stays so; it comes last. */
final class EditDiskTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GROWING = Duration.ofMinutes(30);
    private static final int CHANGED = 40;
    private static final int GROWN = 90;

    private final Database database;
    private final Bus bus;
    private final VmChanges changes;
    private final Reconciler reconciler;

    EditDiskTask(Database database, Bus bus, VmStore vms, Reconciler reconciler) {
        this.database = database;
        this.bus = bus;
        this.changes = new VmChanges(vms);
        this.reconciler = reconciler;
    }

    /** @param sizeBytes absent: as large as it is */
    record Input(
            UUID vmId,
            UUID hostId,
            Disk disk,
            DiskHardware before,
            DiskHardware after,
            @Nullable Long sizeBytes) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.EDIT_DISK, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        if (!input.after().equals(input.before())) {
            run.step("change the disk", DomainReport.class)
                    .progress(CHANGED)
                    .orUndo(
                            caller -> change(input, input.after(), caller),
                            caller -> change(input, input.before(), caller));
        }
        Long size = input.sizeBytes();
        if (size != null) {
            run.step("grow the volume", Nothing.class)
                    .progress(GROWN)
                    .patience(GROWING)
                    .run(caller -> grow(input.disk().volumeId(), size, run, caller));
        }
        run.pointOfNoReturn();
        run.step("note the disk", Nothing.class).run(caller -> note(input));
    }

    private DomainReport change(Input input, DiskHardware hardware, Caller caller) {
        var wish = new DomainApi.EditDisk(
                input.vmId(), input.disk().volumeId(), input.disk().poolId(), hardware);
        DomainReport report = bus.request(DomainApi.EDIT_DISK.at(input.hostId()), wish, caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }

    /** By the storage's own task, which tells a running guest, too. */
    private Nothing grow(UUID volumeId, long bytes, TaskRun run, Caller caller) {
        TaskRef growing =
                bus.request(StorageApi.RESIZE_VOLUME, new StorageApi.ResizeVolume(volumeId, bytes, null), caller);
        while (true) {
            TaskView task = bus.request(TaskApi.GET, new TaskApi.Get(growing.taskId()), caller.within(ANSWER));
            Failure why = task.failure();
            if (task.state() == TaskState.SUCCEEDED) {
                return Nothing.NOTHING;
            }
            if (why != null) {
                // It was waited for already: to wait once more would only hide the reason.
                FailureCode code = why.code().isTransient() ? FailureCode.STORAGE : why.code();
                throw FailureException.of(code, "The volume could not be grown: " + why.message());
            }
            run.waitUntil(PAUSE, () -> false);
        }
    }

    private Nothing note(Input input) {
        database.run(tx -> changes.replaceDisk(
                tx,
                input.vmId(),
                input.disk().volumeId(),
                disk -> new Disk(
                        disk.volumeId(),
                        disk.poolId(),
                        input.sizeBytes() == null ? disk.sizeBytes() : input.sizeBytes(),
                        disk.imageId(),
                        disk.attached(),
                        disk.readOnly(),
                        disk.target(),
                        DiskHardware.PLAIN.equals(input.after()) ? null : input.after())));
        return Nothing.NOTHING;
    }
}
