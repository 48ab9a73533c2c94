package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.HostDiskMoveApi;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskOfDomain;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.storage.DiskMoveApi;
import io.limiquantix.bus.storage.DiskMoveApi.DecideDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.DiskMove;
import io.limiquantix.compute.DiskMovePlan.Moving;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Ends moves of disks and finds out where the disks are: on what the VM's host says that each is. The rows follow that, and only then
 * what is left in the other pool goes. All of it can be done again and again.
 */
final class DiskMoveSettling {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Database database;
    private final Bus bus;
    private final VmChanges changes;
    private final DiskMoveStore store;

    DiskMoveSettling(Database database, Bus bus, VmStore vms, DiskMoveStore store) {
        this.database = database;
        this.bus = bus;
        this.changes = new VmChanges(vms);
        this.store = store;
    }

    /** @param moved the names of the disks that are in their new pools */
    record Settled(List<String> moved) {
        Settled {
            moved = List.copyOf(moved);
        }
    }

    /** @throws FailureException {@code UNAVAILABLE} as long as it cannot be found out */
    Settled settle(DiskMovePlan plan, Caller caller) {
        List<String> moved = new ArrayList<>();
        for (Moving disk : plan.disks()) {
            if (settle(plan, disk, caller).equals(disk.to())) {
                moved.add(disk.name());
            }
        }
        database.run(tx -> store.end(tx, plan));
        return new Settled(moved);
    }

    private UUID settle(DiskMovePlan plan, Moving disk, Caller caller) {
        if (!plan.running()) {
            ask(
                    HostStorageApi.END_COPY,
                    plan.hostId(),
                    new HostStorageApi.VolumeName(disk.to(), disk.volumeId()),
                    caller);
        }
        String path = ask(
                        HostDiskMoveApi.SETTLE,
                        plan.hostId(),
                        new DiskOfDomain(disk.moveId(), plan.vmId(), disk.volumeId()),
                        caller)
                .path();
        UUID pool = bus.request(
                        DiskMoveApi.DECIDE,
                        new DecideDiskMove(disk.moveId(), disk.volumeId(), path),
                        anew("decide", disk, caller))
                .poolId();
        note(plan.vmId(), disk, pool);
        bus.request(DiskMoveApi.END, new DiskMove(disk.moveId(), disk.volumeId()), anew("end", disk, caller));
        return pool;
    }

    private void note(UUID vmId, Moving moving, UUID pool) {
        if (pool.equals(moving.to())) {
            database.run(tx -> changes.replaceDisk(
                    tx,
                    vmId,
                    moving.volumeId(),
                    disk -> new Disk(
                            disk.volumeId(),
                            pool,
                            disk.sizeBytes(),
                            disk.imageId(),
                            disk.attached(),
                            disk.readOnly(),
                            disk.target(),
                            disk.hardware())));
        }
    }

    private static Caller anew(String what, Moving disk, Caller caller) {
        return caller.part(what + " " + disk.moveId() + " " + Uuid7.next()).within(ANSWER);
    }

    /** Whatever is answered in place of what was asked for leaves it unknown. */
    private <Q extends Record, R extends Record> R ask(
            HostAddress<Q, R> address, UUID hostId, Q request, Caller caller) {
        try {
            return bus.request(
                    address.at(hostId),
                    request,
                    caller.part(address.name() + " " + Uuid7.next()).within(ANSWER));
        } catch (FailureException e) {
            throw e.code().isTransient()
                    ? e
                    : FailureException.of(FailureCode.UNAVAILABLE, e.failure().message());
        }
    }
}
