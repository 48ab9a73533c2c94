package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user asks of a volume, as durable tasks. */
final class VolumeTasks {
    private static final String TARGET = "volume";
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** A volume that grows to a size. */
    record Growth(UUID volumeId, long sizeBytes) {}

    private final Database database;
    private final Tasks tasks;
    private final Volumes volumes;
    private final VolumeStore store = new VolumeStore();
    private final PoolStore pools = new PoolStore();
    private final TaskKind<StorageApi.ProvisionVolume> create =
            new TaskKind<>("volume.create", StorageApi.ProvisionVolume.class, this::runCreate);
    private final TaskKind<Growth> resize = new TaskKind<>("volume.resize", Growth.class, this::runResize);
    private final TaskKind<StorageApi.Volume> delete =
            new TaskKind<>("volume.delete", StorageApi.Volume.class, this::runDelete);

    VolumeTasks(Database database, Tasks tasks, Volumes volumes) {
        this.database = database;
        this.tasks = tasks;
        this.volumes = volumes;
    }

    void register() {
        List.of(create, resize, delete).forEach(tasks::register);
    }

    TaskRef create(StorageApi.CreateVolume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> submitCreate(tx, request, caller)));
    }

    private TaskRef submitCreate(Transaction tx, StorageApi.CreateVolume request, Caller caller) {
        ThingName.require(request.name());
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> FailureException.invalid("poolId", "There is no pool " + request.poolId() + "."));
        UUID hostId = request.hostId() == null ? hostFor(pool) : request.hostId();
        var volume = new StorageApi.ProvisionVolume(
                Uuid7.next(), pool.id(), hostId, request.name(), request.sizeBytes(), request.imageId(), null);
        volumes.reserve(tx, volume);
        return submit(tx, create, volume, volume.volumeId(), volume.name(), caller);
    }

    private static UUID hostFor(PoolView pool) {
        List<UUID> usable = pool.hosts().stream()
                .filter(h -> h.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
        return switch (usable.size()) {
            case 0 -> throw FailureException.conflict("The pool " + pool.name() + " is not usable on any host now.");
            case 1 -> usable.getFirst();
            default -> {
                if (pool.shared()) {
                    yield usable.getFirst();
                }
                throw FailureException.invalid(
                        "hostId",
                        "The pool " + pool.name() + " is a folder of its own on each of " + usable.size()
                                + " hosts; say on which the volume is to be.");
            }
        };
    }

    private void runCreate(StorageApi.ProvisionVolume input, TaskRun run) {
        run.step("create", VolumeView.class)
                .progress(90)
                .orUndo(
                        caller -> volumes.provision(input, caller.within(PATIENCE)),
                        caller -> volumes.discard(input.volumeId(), caller.within(PATIENCE)));
    }

    TaskRef resize(StorageApi.ResizeVolume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = ready(tx, request.volumeId(), request.expectedVersion());
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

    TaskRef delete(StorageApi.Volume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = store.get(tx, request.volumeId());
                    if (volume.vmId() != null) {
                        throw FailureException.conflict("The volume " + volume.name() + " belongs to the VM "
                                + volume.vmId() + "; delete the VM, or keep its disks and delete them afterwards.");
                    }
                    store.deleting(tx, volume.id());
                    return submit(tx, delete, request, volume.id(), volume.name(), caller);
                }));
    }

    private void runDelete(StorageApi.Volume input, TaskRun run) {
        run.pointOfNoReturn();
        run.step("delete", Nothing.class)
                .progress(90)
                .run(caller -> volumes.discard(input.volumeId(), caller.within(PATIENCE)));
    }

    private VolumeView ready(Transaction tx, UUID id, @Nullable Long expectedVersion) {
        VolumeView volume = store.get(tx, id);
        if (expectedVersion != null && expectedVersion != volume.version()) {
            throw FailureException.of(
                    FailureCode.STALE_VERSION, "The volume " + volume.name() + " was changed since you read it.");
        }
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        return volume;
    }

    private <I extends Record> TaskRef submit(
            Transaction tx, TaskKind<I> kind, I input, UUID volumeId, String name, Caller caller) {
        return tasks.submit(
                tx, new Submission<>(kind, input, caller.operationId(), caller.actor(), TARGET, volumeId, name));
    }
}
