package io.limiquantix.host;

import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostDiskMoveApi;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskPlace;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.domain.DiskDestination;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.libvirt.DiskMoves;
import io.limiquantix.host.migration.MovingDisks;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.storage.driver.DiskSource;

/** Requests about disks that go to other places of this host. */
final class DiskMoveRequests {
    private final OpenPools pools;
    private final DirectIo directIo;
    private final DiskMoves moves;
    private final MovingDisks moving;

    DiskMoveRequests(OpenPools pools, DirectIo directIo, DiskMoves moves, MovingDisks moving) {
        this.pools = pools;
        this.directIo = directIo;
        this.moves = moves;
        this.moving = moving;
    }

    void serve(HostRequests requests) {
        requests.perform(HostDiskMoveApi.MOVE, (r, c) -> {
            moving.move(r, destination(r.to()), c.deadline());
            return new DiskPlace(r.to().path());
        });
        requests.perform(HostDiskMoveApi.SWITCH, (r, c) -> {
            moving.store(r, destination(r.to()), c.deadline());
            return new DiskPlace(r.to().path());
        });
        requests.answer(
                HostDiskMoveApi.LOOK, (r, c) -> moves.look(r.vmId(), DiskName.serial(r.volumeId()), c.deadline()));
        // Not in turn with the move itself, for whose end that would wait, and asked anew each time.
        requests.answer(HostDiskMoveApi.SETTLE, (r, c) -> new DiskPlace(moving.settle(r, c.deadline())));
    }

    private DiskDestination destination(DomainSpec.Disk disk) {
        DiskSource source = DiskRequests.source(pools, disk);
        PlacedDisk placed = new PlacedDisk(source, directIo.works(source));
        DiskRequests.requireCache(placed, disk.hardware());
        return new DiskDestination(DiskName.serial(disk.volumeId()), placed, disk.format(), disk.hardware());
    }
}
