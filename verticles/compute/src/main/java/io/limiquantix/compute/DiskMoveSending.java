package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostDiskMoveApi;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskOfDomain;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskPlace;
import io.limiquantix.bus.host.HostDiskMoveApi.MoveDisk;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.DiskMoveApi.MovingDisk;
import io.limiquantix.compute.DiskMovePlan.Moving;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has the VM's host bring a disk to its new pool, as long as it is at it and nobody cancels the task. */
final class DiskMoveSending {
    /** A host that is slow to begin is at nothing that it could tell of. */
    private static final Duration UNTIL_BEGUN = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Bus bus;

    DiskMoveSending(Bus bus) {
        this.bus = bus;
    }

    /** @param why it was not moved; absent: the host says that it was */
    record Ended(@Nullable Failure why) {}

    /**
     * However it ends, what the host says afterwards decides.
     *
     * @param from the task's progress when it begins
     * @param to and when it ends
     */
    Ended send(DiskMovePlan plan, Moving disk, MovingDisk place, int from, int to, TaskRun run, Caller caller) {
        Instant end = Instant.now().plus(UNTIL_BEGUN);
        LongWork work = new LongWork(run, from, to);
        while (true) {
            try {
                if (plan.running()) {
                    whileItRuns(plan, disk, place, work, caller);
                } else {
                    whileItIsOff(plan, disk, place, work, caller);
                }
                return new Ended(null);
            } catch (FailureException e) {
                if (!e.code().isTransient() || Instant.now().isAfter(end)) {
                    return new Ended(e.failure());
                }
            }
            try {
                run.waitUntil(PAUSE, () -> false);
            } catch (FailureException e) {
                return new Ended(e.failure());
            }
        }
    }

    private void whileItRuns(DiskMovePlan plan, Moving disk, MovingDisk place, LongWork work, Caller caller) {
        MoveDisk order = order(plan, disk, place);
        var which = new DiskOfDomain(disk.moveId(), plan.vmId(), disk.volumeId());
        work.<DiskPlace>await(
                caller,
                asking -> bus.request(HostDiskMoveApi.MOVE.at(plan.hostId()), order, asking),
                looking -> bus.request(HostDiskMoveApi.LOOK.at(plan.hostId()), which, looking));
    }

    private void whileItIsOff(DiskMovePlan plan, Moving disk, MovingDisk place, LongWork work, Caller caller) {
        var copy = new HostStorageApi.CopyVolume(
                disk.from(), disk.volumeId(), null, disk.to(), disk.volumeId(), place.format(), disk.sizeBytes());
        var target = new HostStorageApi.VolumeName(disk.to(), disk.volumeId());
        work.<VolumeReport>await(
                caller,
                asking -> bus.request(HostStorageApi.COPY_VOLUME.at(plan.hostId()), copy, asking),
                looking -> bus.request(HostStorageApi.LOOK_AT_COPY.at(plan.hostId()), target, looking));
        bus.request(
                HostDiskMoveApi.SWITCH.at(plan.hostId()),
                order(plan, disk, place),
                caller.part("switch").within(ANSWER));
    }

    private static MoveDisk order(DiskMovePlan plan, Moving disk, MovingDisk place) {
        var there =
                new DomainSpec.Disk(disk.volumeId(), disk.to(), place.path(), place.format(), false, disk.hardware());
        return new MoveDisk(disk.moveId(), plan.vmId(), there, plan.bandwidthMibPerSecond());
    }
}
