package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.images.ImageBringing;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user asks of a volume, as durable tasks. */
final class VolumeTasks {
    static final String TARGET = "volume";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** Beside the time that the copy takes, which is not limited as long as it goes on. */
    private static final Duration IMAGE_PATIENCE = Duration.ofHours(6);

    private static final int BROUGHT = 80;

    /** A volume that grows to a size. */
    record Growth(UUID volumeId, long sizeBytes) {}

    private final Database database;
    private final Tasks tasks;
    private final Volumes volumes;
    private final VolumePlace place;
    private final CopyTasks copies;
    private final ImageBringing images;
    private final VolumeStore store = new VolumeStore();
    private final SnapshotStore snapshots = new SnapshotStore();
    private final PoolStore pools = new PoolStore();
    private final LinkedVolumes linked = new LinkedVolumes();
    private final ArrivalStore arrivals = new ArrivalStore();
    private final DiskMoveStore moves = new DiskMoveStore();
    private final TaskKind<StorageApi.ProvisionVolume> create =
            new TaskKind<>("volume.create", StorageApi.ProvisionVolume.class, this::runCreate);
    private final TaskKind<StorageApi.ProvisionVolume> createFromFarImage = new TaskKind<>(
            "volume.create-from-far-image", StorageApi.ProvisionVolume.class, this::runCreateFromFarImage);
    private final TaskKind<Growth> resize = new TaskKind<>("volume.resize", Growth.class, this::runResize);
    private final TaskKind<StorageApi.Volume> independence =
            new TaskKind<>("volume.make-independent", StorageApi.Volume.class, this::runMakeIndependent);
    private final TaskKind<StorageApi.DeleteVolume> delete =
            new TaskKind<>("volume.delete", StorageApi.DeleteVolume.class, this::runDelete);

    VolumeTasks(
            Database database,
            Tasks tasks,
            Volumes volumes,
            VolumePlace place,
            CopyTasks copies,
            ImageBringing images) {
        this.database = database;
        this.tasks = tasks;
        this.volumes = volumes;
        this.place = place;
        this.copies = copies;
        this.images = images;
    }

    void register() {
        List.of(create, createFromFarImage, resize, independence, delete).forEach(tasks::register);
    }

    TaskRef create(StorageApi.CreateVolume request, Caller caller) {
        request.origin().contradiction().ifPresent(wrong -> {
            throw FailureException.invalid("sourceVolumeId", wrong);
        });
        UUID image = request.origin().imageId();
        UUID volume = request.origin().volumeId();
        if (image == null && volume == null) {
            return create(request, null, null, caller);
        }
        Optional<TaskRef> earlier = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        // Asked before anything is locked, as other services know.
        ImageView imageOfOrigin = image == null ? null : place.image(image, caller);
        UUID host = volume == null ? null : place.hostOf(volumes.get(volume), caller);
        return create(request, imageOfOrigin, host, caller);
    }

    private TaskRef create(
            StorageApi.CreateVolume request,
            @Nullable ImageView imageOfOrigin,
            @Nullable UUID hostOfOrigin,
            Caller caller) {
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId())
                .orElseGet(() -> submitCreate(tx, request, imageOfOrigin, hostOfOrigin, caller)));
    }

    private TaskRef submitCreate(
            Transaction tx,
            StorageApi.CreateVolume request,
            @Nullable ImageView imageOfOrigin,
            @Nullable UUID hostOfOrigin,
            Caller caller) {
        ThingName.require(request.name());
        Origin origin = origin(tx, request.origin());
        PoolView pool = lockedPool(tx, request, origin);
        if (origin.volume() != null) {
            CopyPlace elsewhere =
                    new CopyPlace(origin.volume(), require(tx, origin.volume().poolId()), pool);
            if (elsewhere.isElsewhere(request.hostId())) {
                return copies.submit(tx, request, elsewhere, hostOfOrigin, size(request, origin), caller);
            }
        }
        var volume = new StorageApi.ProvisionVolume(
                Uuid7.next(),
                pool.id(),
                VolumePlace.hostForNew(pool, origin.hostId() == null ? request.hostId() : origin.hostId()),
                request.name(),
                size(request, origin),
                request.origin(),
                request.independent(),
                request.preallocation(),
                null,
                request.format(),
                request.shareable());
        volumes.reserve(tx, volume, pool);
        boolean atOnce = imageOfOrigin == null || VolumePlace.has(pool, volume.hostId(), imageOfOrigin);
        return submit(tx, atOnce ? create : createFromFarImage, volume, volume.volumeId(), volume.name(), caller);
    }

    /** The volume that another begins with, and what it is to be at least; nothing for other beginnings. */
    private record Origin(@Nullable VolumeView volume, long sizeBytes) {
        @Nullable
        UUID poolId() {
            return volume == null ? null : volume.poolId();
        }

        @Nullable
        UUID hostId() {
            return volume == null ? null : volume.hostId();
        }
    }

    private Origin origin(Transaction tx, VolumeOrigin origin) {
        if (origin.volumeId() == null) {
            return new Origin(null, 0);
        }
        VolumeView volume = ready(tx, origin.volumeId(), null);
        if (origin.snapshotId() == null) {
            Attachments.requireOneUser(volume, "Another volume can begin as it, or as a copy of it,");
        }
        long size = origin.snapshotId() == null
                ? volume.sizeBytes()
                : snapshots.get(tx, volume.id(), origin.snapshotId()).sizeBytes();
        return new Origin(volume, size);
    }

    private PoolView lockedPool(Transaction tx, StorageApi.CreateVolume request, Origin origin) {
        UUID poolId = request.poolId() == null ? origin.poolId() : request.poolId();
        if (poolId == null) {
            throw FailureException.invalid("poolId", "Say in which pool the volume is to be.");
        }
        pools.lock(tx, poolId);
        return require(tx, poolId);
    }

    private PoolView require(Transaction tx, UUID poolId) {
        return pools.find(tx, poolId)
                .orElseThrow(() -> FailureException.invalid("poolId", "There is no pool " + poolId + "."));
    }

    private static long size(StorageApi.CreateVolume request, Origin origin) {
        if (request.sizeBytes() != null) {
            return request.sizeBytes();
        }
        if (origin.sizeBytes() == 0) {
            throw FailureException.invalid("sizeBytes", "Say how large the volume is to be.");
        }
        return origin.sizeBytes();
    }

    private void runCreate(StorageApi.ProvisionVolume input, TaskRun run) {
        run.step("create", VolumeView.class)
                .progress(90)
                .orUndo(
                        caller -> volumes.provision(input, caller.within(PATIENCE)),
                        caller -> volumes.discard(input.volumeId(), caller.within(PATIENCE)));
    }

    /** What is undone is the volume that is stored, as it is not made before its image is there. */
    private void runCreateFromFarImage(StorageApi.ProvisionVolume input, TaskRun run) {
        ImageAt image = new ImageAt(Objects.requireNonNull(input.origin().imageId()), input.poolId(), input.hostId());
        run.step("bring image", Nothing.class)
                .progress(BROUGHT)
                .patience(IMAGE_PATIENCE)
                .orUndo(
                        caller -> images.await(image, 0, BROUGHT, run, caller),
                        caller -> volumes.discard(input.volumeId(), caller.within(PATIENCE)));
        runCreate(input, run);
    }

    TaskRef resize(StorageApi.ResizeVolume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = ready(tx, request.volumeId(), request.expectedVersion());
                    Attachments.requireOneUser(volume, "It can be grown");
                    if (request.sizeBytes() < volume.sizeBytes()) {
                        throw FailureException.invalid(
                                "sizeBytes",
                                "The volume " + volume.name() + " has " + volume.sizeBytes()
                                        + " bytes and cannot be made smaller: what lies at its end would be lost.");
                    }
                    return submit(
                            tx,
                            resize,
                            new Growth(volume.id(), request.sizeBytes()),
                            volume.id(),
                            volume.name(),
                            caller);
                }));
    }

    private void runResize(Growth input, TaskRun run) {
        run.step("resize", VolumeView.class)
                .progress(90)
                .run(caller -> volumes.resize(input.volumeId(), input.sizeBytes(), caller.within(PATIENCE)));
    }

    TaskRef makeIndependent(StorageApi.Volume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = ready(tx, request.volumeId(), null);
                    return submit(tx, independence, request, volume.id(), volume.name(), caller);
                }));
    }

    private void runMakeIndependent(StorageApi.Volume input, TaskRun run) {
        run.step("make independent", VolumeView.class)
                .progress(90)
                .run(caller -> volumes.makeIndependent(input.volumeId(), caller.within(PATIENCE)));
    }

    TaskRef delete(StorageApi.DeleteVolume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = store.lock(tx, request.volumeId());
                    if (volume.vmId() != null) {
                        throw FailureException.conflict("The volume " + volume.name() + " belongs to the VM "
                                + volume.vmId() + "; detach it there, or delete the VM.");
                    }
                    if (volume.snapshotCount() > 0 && !request.withSnapshots()) {
                        throw FailureException.conflict("The volume " + volume.name() + " has " + volume.snapshotCount()
                                + " snapshots; delete them first, or say that they are to go with it.");
                    }
                    linked.requireNone(tx, volume.id(), null, "The volume " + volume.name());
                    store.deleting(tx, volume.id());
                    return submit(tx, delete, request, volume.id(), volume.name(), caller);
                }));
    }

    private void runDelete(StorageApi.DeleteVolume input, TaskRun run) {
        run.pointOfNoReturn();
        run.step("delete", Nothing.class).progress(90).run(caller -> volumes.discard(input, caller.within(PATIENCE)));
    }

    private VolumeView ready(Transaction tx, UUID id, @Nullable Long expectedVersion) {
        VolumeView volume = store.get(tx, id);
        VersionCheck.require("volume " + volume.name(), expectedVersion, volume.version());
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        arrivals.requireNone(tx, volume);
        moves.requireNone(tx, volume);
        return volume;
    }

    private <I extends Record> TaskRef submit(
            Transaction tx, TaskKind<I> kind, I input, UUID volumeId, String name, Caller caller) {
        return tasks.submit(
                tx, new Submission<>(kind, input, caller.operationId(), caller.actor(), TARGET, volumeId, name));
    }
}
