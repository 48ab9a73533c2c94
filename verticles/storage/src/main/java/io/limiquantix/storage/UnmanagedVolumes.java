package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.StorageApi.UnmanagedOnHost;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What lies in pools and was made by hand: listed, and taken over when somebody wants that. */
final class UnmanagedVolumes {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Something that is to become this volume. */
    record Adoption(UUID volumeId, StorageApi.AdoptVolume wish) {}

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore store = new VolumeStore();
    private final TaskKind<Adoption> adopt = new TaskKind<>("volume.adopt", Adoption.class, this::runAdopt);

    UnmanagedVolumes(Database database, Bus bus, Tasks tasks) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
    }

    void register() {
        tasks.register(adopt);
    }

    StorageApi.Unmanaged list(UUID poolId, Caller caller) {
        PoolView pool = pool(poolId);
        List<UUID> usable = pool.hosts().stream()
                .filter(h -> h.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
        if (usable.isEmpty()) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE, "No host can look into the pool " + pool.name() + " now.");
        }
        List<UnmanagedOnHost> found = new ArrayList<>();
        for (UUID host : pool.shared() ? usable.subList(0, 1) : usable) {
            bus.request(HostStorageApi.LIST_UNMANAGED.at(host), new HostStorageApi.PoolName(poolId), caller)
                    .volumes()
                    .forEach(volume -> found.add(new UnmanagedOnHost(host, volume)));
        }
        return new StorageApi.Unmanaged(found);
    }

    private PoolView pool(UUID poolId) {
        return database.transaction(tx -> pools.find(tx, poolId))
                .orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
    }

    TaskRef adopt(StorageApi.AdoptVolume request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    ThingName.require(request.name());
                    Adoption adoption = new Adoption(Uuid7.next(), request);
                    reserve(tx, adoption);
                    return tasks.submit(
                            tx,
                            new Submission<>(
                                    adopt,
                                    adoption,
                                    caller.operationId(),
                                    caller.actor(),
                                    VolumeTasks.TARGET,
                                    adoption.volumeId(),
                                    request.name()));
                }));
    }

    private void reserve(Transaction tx, Adoption adoption) {
        StorageApi.AdoptVolume wish = adoption.wish();
        pools.lock(tx, wish.poolId());
        PoolView pool = pools.find(tx, wish.poolId())
                .orElseThrow(() -> FailureException.notFound("There is no pool " + wish.poolId() + "."));
        try {
            store.insertAdopted(tx, adoption.volumeId(), pool, wish);
        } catch (DatabaseException e) {
            throw Volumes.nameTaken(e, pool, wish.name());
        }
    }

    private void runAdopt(Adoption input, TaskRun run) {
        run.pointOfNoReturn();
        run.step("adopt", VolumeView.class).progress(90).run(caller -> take(input, caller.within(PATIENCE)));
    }

    private VolumeView take(Adoption input, Caller caller) {
        StorageApi.AdoptVolume wish = input.wish();
        try {
            VolumeReport report = bus.request(
                    HostStorageApi.ADOPT_VOLUME.at(wish.hostId()),
                    new HostStorageApi.AdoptVolume(wish.poolId(), wish.storageName(), input.volumeId()),
                    caller);
            return database.transaction(tx -> {
                store.confirmed(tx, report);
                return store.get(tx, input.volumeId());
            });
        } catch (FailureException e) {
            switch (e.code()) {
                // After any other failure it may have become the volume, which then can be deleted as such.
                case INVALID, NOT_FOUND, CONFLICT -> database.run(tx -> store.delete(tx, input.volumeId()));
                default -> {}
            }
            throw e;
        }
    }
}
