package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.AttachedDisk;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** Gives a VM a volume as one disk more. The volume is the VM's before its host is asked, so that nobody else can get it. */
final class AttachDiskTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final int RESERVED = 20;
    private static final int ATTACHED = 90;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    AttachDiskTask(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    record Input(UUID vmId, UUID hostId, UUID volumeId, boolean readOnly) {}

    /** What the domain needs to know of the volume. */
    record Reserved(UUID poolId, String path, String format, long sizeBytes, boolean shareable) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.ATTACH_DISK, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Reserved volume = run.step("reserve the volume", Reserved.class)
                .progress(RESERVED)
                .orUndo(
                        caller -> reserve(input, caller),
                        caller -> bus.request(
                                StorageApi.RELEASE_VOLUME,
                                new StorageApi.VolumeOfVm(input.volumeId(), input.vmId()),
                                caller));
        AttachedDisk attached = run.step("attach the disk", AttachedDisk.class)
                .progress(ATTACHED)
                .orUndo(
                        caller -> bus.request(
                                DomainApi.ATTACH_DISK.at(input.hostId()), disk(input, volume), caller.within(ANSWER)),
                        caller -> bus.request(
                                DomainApi.DETACH_DISK.at(input.hostId()),
                                new DomainApi.DetachDisk(input.vmId(), input.volumeId()),
                                caller.within(ANSWER)));
        run.pointOfNoReturn();
        run.step("note the disk", Nothing.class).run(caller -> note(input, volume, attached));
    }

    private Reserved reserve(Input input, Caller caller) {
        var wish = new StorageApi.AttachVolume(input.volumeId(), input.vmId(), input.hostId(), input.readOnly());
        VolumeView volume = bus.request(StorageApi.ATTACH_VOLUME, wish, caller);
        return new Reserved(
                volume.poolId(),
                Objects.requireNonNull(volume.path(), "a volume that is ready has a path"),
                volume.format(),
                volume.sizeBytes(),
                volume.shareable());
    }

    private static DomainApi.AttachDisk disk(Input input, Reserved volume) {
        return new DomainApi.AttachDisk(
                input.vmId(),
                new DomainSpec.Disk(input.volumeId(), volume.poolId(), volume.path(), volume.format()),
                input.readOnly(),
                volume.shareable());
    }

    private Nothing note(Input input, Reserved volume, AttachedDisk attached) {
        Disk disk = new Disk(
                input.volumeId(),
                volume.poolId(),
                volume.sizeBytes(),
                null,
                true,
                input.readOnly(),
                attached.target(),
                null);
        database.run(tx -> vms.addDisk(tx, input.vmId(), disk));
        return Nothing.NOTHING;
    }
}
