package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.TakeFile;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.TakeoverApi;
import io.limiquantix.bus.storage.TakeoverApi.LetGo;
import io.limiquantix.bus.storage.TakeoverApi.TakeOver;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import java.util.Optional;

/** Volumes that come and go with VMs that are adopted and released. The row is there before the host is asked, and goes after. */
final class Takeovers {
    private final Database database;
    private final Bus bus;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final AttachmentStore attachments = new AttachmentStore();

    Takeovers(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    void serve() {
        bus.serve(TakeoverApi.TAKE_OVER, this::take);
        bus.serve(TakeoverApi.LET_GO, this::letGo);
    }

    private VolumeView take(TakeOver request, Caller caller) {
        VolumeView volume = database.transaction(tx -> {
            Optional<VolumeView> there = volumes.find(tx, request.volumeId());
            return there.isPresent() ? require(there.get(), request) : reserve(tx, request);
        });
        if (volume.state() == VolumeView.State.READY) {
            return volume;
        }
        VolumeReport report = bus.request(
                HostAdoptionApi.TAKE_FILE.at(request.hostId()),
                new TakeFile(request.poolId(), request.volumeId(), request.file(), request.format()),
                caller.part("take"));
        return database.transaction(tx -> {
            volumes.confirmed(tx, report);
            return volumes.get(tx, request.volumeId());
        });
    }

    /** A repetition finds what it stored; another VM's volume is not to be taken away. */
    private static VolumeView require(VolumeView there, TakeOver request) {
        boolean ours = there.attachments().stream().anyMatch(each -> each.vmId().equals(request.vmId()));
        if (!ours || !there.poolId().equals(request.poolId()) || there.state() == VolumeView.State.DELETING) {
            throw FailureException.conflict(
                    "The file " + request.file() + " is the volume " + there.name()
                            + " already, which is not of this domain alone. Detach it where it is, or delete it without its VM, first.");
        }
        return there;
    }

    private VolumeView reserve(Transaction tx, TakeOver request) {
        pools.lock(tx, request.poolId());
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> FailureException.notFound("There is no pool " + request.poolId() + "."));
        Volumes.requireRoom(pool, request.hostId());
        try {
            volumes.insertAdopted(
                    tx,
                    request.volumeId(),
                    pool,
                    new StorageApi.AdoptVolume(request.poolId(), request.hostId(), request.file(), request.name()));
        } catch (DatabaseException e) {
            throw Volumes.nameTaken(e, pool, request.name());
        }
        attachments.add(tx, volumes.get(tx, request.volumeId()), request.vmId(), false);
        return volumes.get(tx, request.volumeId());
    }

    private Nothing letGo(LetGo request, Caller caller) {
        // One that is another VM's, or nobody's, is not what was taken over for this one.
        Optional<VolumeView> volume = database.transaction(tx -> volumes.find(tx, request.volumeId()))
                .filter(each ->
                        each.attachments().stream().anyMatch(user -> user.vmId().equals(request.vmId())));
        if (volume.isPresent()) {
            bus.request(
                    HostAdoptionApi.LET_GO.at(request.hostId()),
                    new HostStorageApi.VolumeName(volume.get().poolId(), request.volumeId()),
                    caller);
            database.run(tx -> volumes.delete(tx, request.volumeId()));
        }
        return Nothing.NOTHING;
    }
}
