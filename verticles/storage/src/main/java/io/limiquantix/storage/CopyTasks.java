package io.limiquantix.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.VolumeCopies.Copy;
import io.limiquantix.storage.VolumeCopies.Way;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies of volumes into other pools, as durable tasks. */
final class CopyTasks {
    /** A host that was restarted begins anew; one that does not come back is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** The copy is whole by then; the snapshot has to go some time. */
    private static final Duration UNTIL_LET_GO = Duration.ofDays(7);

    private final Tasks tasks;
    private final Volumes volumes;
    private final VolumeCopies copies;
    private final FarCopies farCopies;
    private final TaskKind<Copy> kind = new TaskKind<>("volume.copy", Copy.class, this::run);

    CopyTasks(Tasks tasks, Volumes volumes, VolumeCopies copies, FarCopies farCopies) {
        this.tasks = tasks;
        this.volumes = volumes;
        this.copies = copies;
        this.farCopies = farCopies;
    }

    void register() {
        tasks.register(kind);
    }

    /**
     * @param preferred the host that uses the source
     * @param sizeBytes of the copy
     */
    TaskRef submit(
            Transaction tx,
            StorageApi.CreateVolume request,
            CopyPlace place,
            @Nullable UUID preferred,
            long sizeBytes,
            Caller caller) {
        CopyPlace.Hosts hosts = place.hosts(request.hostId(), preferred);
        var volume = new StorageApi.ProvisionVolume(
                Uuid7.next(),
                place.to().id(),
                hosts.writes(),
                request.name(),
                // qemu-img makes a copy of a snapshot as large as its volume is by now.
                Math.max(sizeBytes, place.source().sizeBytes()),
                request.origin(),
                true,
                request.preallocation(),
                null,
                request.format(),
                request.shareable());
        volumes.reserve(tx, volume, place.to());
        boolean holds = request.origin().snapshotId() == null && place.canHold();
        Way way = hosts.areOne() ? null : new Way(Uuid7.next(), Uuid7.next());
        Copy copy = new Copy(volume, place.from().id(), hosts.reads(), holds ? VolumeHolds.newId() : null, way);
        return tasks.submit(
                tx,
                new Submission<>(
                        kind,
                        copy,
                        caller.operationId(),
                        caller.actor(),
                        VolumeTasks.TARGET,
                        volume.volumeId(),
                        volume.name()));
    }

    /**
     * The same of a snapshot for a VM, into any pool.
     *
     * @param request with the host that writes
     */
    TaskRef submit(
            Transaction tx, StorageApi.ProvisionVolume request, CopyPlace place, CopyPlace.Hosts hosts, Caller caller) {
        volumes.reserve(tx, request, place.to());
        Way way = hosts.areOne() ? null : new Way(Uuid7.next(), Uuid7.next());
        Copy copy = new Copy(request, place.from().id(), hosts.reads(), null, way);
        return tasks.submit(
                tx,
                new Submission<>(
                        kind,
                        copy,
                        caller.operationId(),
                        caller.actor(),
                        VolumeTasks.TARGET,
                        request.volumeId(),
                        request.name()));
    }

    private void run(Copy copy, TaskRun run) {
        if (copy.held() != null) {
            run.step("keep the source as it is", Nothing.class)
                    .progress(VolumeCopies.BEGINS)
                    .orUndo(caller -> copies.hold(copy, caller), caller -> {
                        copies.letGo(copy, caller);
                        discard(copy, caller);
                    });
        }
        if (copy.way() == null) {
            runNear(copy, run);
        } else {
            runFar(copy, new FarCopies.FarCopy(copy, copy.way()), run);
        }
        if (copy.held() != null) {
            run.step("let the source go", Nothing.class)
                    .patience(UNTIL_LET_GO)
                    .progress(VolumeCopies.ENDS)
                    .run(caller -> copies.letGo(copy, caller));
        }
    }

    private void runNear(Copy copy, TaskRun run) {
        run.step("copy", VolumeView.class)
                .progress(VolumeCopies.ENDS)
                .patience(PATIENCE)
                .orUndo(caller -> copies.make(copy, run, caller), caller -> copies.takeBack(copy, caller));
        run.settle();
        run.pointOfNoReturn();
    }

    private void runFar(Copy copy, FarCopies.FarCopy far, TaskRun run) {
        ExportReport file = run.step("make a file of the source", ExportReport.class)
                .progress(FarCopies.EXPORTED)
                .patience(PATIENCE)
                .orUndo(caller -> farCopies.export(far, run, caller), caller -> {
                    farCopies.takeExportBack(far, caller);
                    discard(copy, caller);
                });
        run.step("fetch the file", FetchReport.class)
                .progress(FarCopies.FETCHED)
                .patience(PATIENCE)
                .orUndo(
                        caller -> farCopies.fetch(far, file, run, caller),
                        caller -> farCopies.takeImageBack(far, caller));
        ImageReport image = run.step("check what arrived", ImageReport.class)
                .progress(FarCopies.CHECKED)
                .patience(PATIENCE)
                .run(caller -> farCopies.check(far, file, caller));
        run.step("make the copy", VolumeView.class)
                .progress(FarCopies.MADE)
                .patience(PATIENCE)
                .orUndo(caller -> farCopies.make(far, image, caller), caller -> discard(copy, caller));
        run.settle();
        run.pointOfNoReturn();
        run.step("forget what arrived", Nothing.class)
                .patience(UNTIL_LET_GO)
                .progress(FarCopies.MADE)
                .run(caller -> farCopies.deleteImage(far, caller));
        run.step("delete the file", Nothing.class)
                .patience(UNTIL_LET_GO)
                .progress(VolumeCopies.ENDS)
                .run(caller -> farCopies.deleteExport(far, caller));
    }

    /** Also where nothing of it was made yet: its name is reserved from the beginning. */
    private void discard(Copy copy, Caller caller) {
        volumes.discard(copy.volume().volumeId(), caller.part("discard"));
    }
}
