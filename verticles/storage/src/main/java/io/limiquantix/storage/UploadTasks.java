package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.UploadStore.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes volumes of what people uploaded, as durable tasks. */
final class UploadTasks {
    /** Checking and copying run at the speed of the disk: six hours are more than 1 TiB. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final Volumes volumes;
    private final VolumeStore volumeStore = new VolumeStore();
    private final UploadStore store = new UploadStore();
    private final TaskKind<Arrived> kind = new TaskKind<>("volume.upload", Arrived.class, this::run);

    /** Bytes that have arrived, and the volume that they are to become. */
    record Arrived(Upload upload, UUID volumeId) {
        private HostStorageApi.ImageName image() {
            return new HostStorageApi.ImageName(upload.poolId(), upload.id());
        }
    }

    UploadTasks(Database database, Bus bus, Tasks tasks, Volumes volumes) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.volumes = volumes;
    }

    void register() {
        tasks.register(kind);
    }

    Optional<TaskRef> submitted(Transaction tx, Caller caller) {
        return tasks.submitted(tx, caller.operationId());
    }

    /** @throws FailureException {@code CONFLICT} while the volume is made of it */
    void requireIdle(Transaction tx, Upload upload) {
        // The volume has the upload's id, so that one task at a time is there for both.
        if (!tasks.activeOn(tx, List.of(upload.id())).isEmpty()) {
            throw FailureException.conflict(
                    "The volume " + upload.name() + " is being made of what was uploaded; wait for its task.");
        }
    }

    TaskRef submit(Transaction tx, Upload upload, Caller caller) {
        Arrived arrived = new Arrived(upload, upload.id());
        return tasks.submit(
                tx,
                new Submission<>(
                        kind,
                        arrived,
                        caller.operationId(),
                        caller.actor(),
                        VolumeTasks.TARGET,
                        arrived.volumeId(),
                        upload.name()));
    }

    private void run(Arrived arrived, TaskRun run) {
        ImageReport report = run.step("check", ImageReport.class)
                .progress(40)
                .orUndo(caller -> check(arrived, caller), caller -> forget(arrived, caller));
        run.step("create", VolumeView.class)
                .progress(90)
                .orUndo(
                        caller -> create(arrived, report, caller),
                        caller -> volumes.discard(arrived.volumeId(), caller.within(PATIENCE)));
        run.pointOfNoReturn();
        run.step("forget what arrived", Nothing.class).progress(95).run(caller -> forget(arrived, caller));
    }

    private ImageReport check(Arrived arrived, Caller caller) {
        Upload upload = arrived.upload();
        return bus.request(
                HostStorageApi.ADMIT_IMAGE.at(upload.hostId()),
                new HostStorageApi.AdmitImage(upload.poolId(), upload.id(), upload.format(), upload.sha256()),
                caller.within(PATIENCE));
    }

    private VolumeView create(Arrived arrived, ImageReport report, Caller caller) {
        Upload upload = arrived.upload();
        long wanted = upload.sizeBytes() == null ? 0 : upload.sizeBytes();
        var volume = new StorageApi.ProvisionVolume(
                arrived.volumeId(),
                upload.poolId(),
                upload.hostId(),
                upload.name(),
                Math.max(wanted, report.virtualSizeBytes()),
                VolumeOrigin.ofImage(upload.id()),
                true,
                Preallocation.THIN,
                null);
        volumes.provision(volume, caller.within(PATIENCE));
        return database.transaction(tx -> {
            volumeStore.withoutOrigin(tx, arrived.volumeId());
            return volumeStore.get(tx, arrived.volumeId());
        });
    }

    private Nothing forget(Arrived arrived, Caller caller) {
        bus.request(
                HostStorageApi.DELETE_IMAGE.at(arrived.upload().hostId()), arrived.image(), caller.within(PATIENCE));
        database.run(tx -> store.delete(tx, arrived.upload().id()));
        return Nothing.NOTHING;
    }
}
