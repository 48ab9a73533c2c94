package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DiskHardware;
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
import org.jspecify.annotations.Nullable;

/** Gives a VM a volume as one disk more, if need be a new one. It is the VM's before its host is asked, so that nobody else can get it. */
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

    /** @param fresh what is to be made first; absent: the volume is there */
    record Input(
            UUID vmId,
            UUID hostId,
            UUID volumeId,
            boolean readOnly,
            @Nullable Fresh fresh) {}

    /** An empty volume, which is the VM's own. */
    record Fresh(UUID poolId, String name, long sizeBytes, DiskHardware hardware) {}

    /** What the domain needs to know of the volume. */
    record Reserved(UUID poolId, String path, String format, long sizeBytes, boolean shareable) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.ATTACH_DISK, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Fresh fresh = input.fresh();
        Reserved volume = fresh == null ? take(input, run) : make(input, fresh, run);
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

    private Reserved take(Input input, TaskRun run) {
        return run.step("reserve the volume", Reserved.class)
                .progress(RESERVED)
                .orUndo(
                        caller -> reserve(input, caller),
                        caller -> bus.request(
                                StorageApi.RELEASE_VOLUME,
                                new StorageApi.VolumeOfVm(input.volumeId(), input.vmId()),
                                caller));
    }

    private Reserved make(Input input, Fresh fresh, TaskRun run) {
        var wish = StorageApi.ProvisionVolume.ofImage(
                input.volumeId(), fresh.poolId(), input.hostId(), fresh.name(), fresh.sizeBytes(), null, input.vmId());
        return run.step("make the volume", Reserved.class)
                .progress(RESERVED)
                .orUndo(
                        caller -> reserved(bus.request(StorageApi.PROVISION_VOLUME, wish, caller.within(ANSWER))),
                        caller -> bus.request(
                                StorageApi.DISCARD_VOLUME, new StorageApi.Volume(input.volumeId()), caller));
    }

    private Reserved reserve(Input input, Caller caller) {
        var wish = new StorageApi.AttachVolume(input.volumeId(), input.vmId(), input.hostId(), input.readOnly());
        return reserved(bus.request(StorageApi.ATTACH_VOLUME, wish, caller));
    }

    private static Reserved reserved(VolumeView volume) {
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
                new DomainSpec.Disk(
                        input.volumeId(),
                        volume.poolId(),
                        volume.path(),
                        volume.format(),
                        volume.shareable(),
                        hardware(input)),
                input.readOnly(),
                volume.shareable());
    }

    private static DiskHardware hardware(Input input) {
        return input.fresh() == null ? DiskHardware.PLAIN : input.fresh().hardware();
    }

    private Nothing note(Input input, Reserved volume, AttachedDisk attached) {
        Disk disk = new Disk(
                input.volumeId(),
                volume.poolId(),
                volume.sizeBytes(),
                null,
                input.fresh() == null,
                input.readOnly(),
                attached.target(),
                input.fresh() == null ? null : input.fresh().hardware());
        database.run(tx -> vms.addDisk(tx, input.vmId(), disk));
        return Nothing.NOTHING;
    }
}
