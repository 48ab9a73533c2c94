package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.storage.VolumeHolds.Held;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one host that reaches both pools copy a volume from one into the other, and stores the copy when that confirmed it. */
final class VolumeCopies {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeCopies.class);
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    /** The share of the task's progress that the copy itself is. */
    static final int BEGINS = 2;

    static final int ENDS = 98;

    private final Database database;
    private final Bus bus;
    private final Volumes volumes;
    private final VolumeHolds holds;
    private final VolumeStore store = new VolumeStore();

    VolumeCopies(Database database, Bus bus, Volumes volumes, VolumeHolds holds) {
        this.database = database;
        this.bus = bus;
        this.volumes = volumes;
        this.holds = holds;
    }

    /**
     * A copy to be made.
     *
     * @param volume what it is to be; its origin says of what
     * @param sourcePoolId where that lies
     * @param hostId who reads the source
     * @param held a snapshot that keeps the source as it is meanwhile, absent where there is none
     * @param way over which it comes where no host reaches both pools, absent where {@code hostId} does
     */
    record Copy(
            StorageApi.ProvisionVolume volume,
            UUID sourcePoolId,
            UUID hostId,
            @Nullable UUID held,
            @Nullable Way way) {
        UUID sourceId() {
            return Objects.requireNonNull(volume.origin().volumeId());
        }

        @Nullable
        UUID snapshotId() {
            return held != null ? held : volume.origin().snapshotId();
        }

        Held hold() {
            return new Held(sourcePoolId, sourceId(), Objects.requireNonNull(held), hostId);
        }

        private HostStorageApi.VolumeName target() {
            return new HostStorageApi.VolumeName(volume.poolId(), volume.volumeId());
        }
    }

    /**
     * A file that a host makes of the source, and that becomes an image which another host makes the copy of.
     *
     * @param exportId the file
     */
    record Way(UUID exportId, UUID imageId) {}

    /** Keeps what the source holds now. */
    Nothing hold(Copy copy, Caller caller) {
        return holds.hold(copy.hold(), caller);
    }

    Nothing letGo(Copy copy, Caller caller) {
        return holds.letGo(copy.hold(), caller);
    }

    /** Waits for the end of the copy as long as the host is at it, and says how far it is. */
    VolumeView make(Copy copy, TaskRun run, Caller caller) {
        HostStorageApi.CopyVolume request = request(copy);
        VolumeReport report = new LongWork(run, BEGINS, ENDS)
                .await(
                        caller,
                        asking -> bus.request(HostStorageApi.COPY_VOLUME.at(copy.hostId()), request, asking),
                        looking -> bus.request(HostStorageApi.LOOK_AT_COPY.at(copy.hostId()), copy.target(), looking));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, report.volumeId());
        });
    }

    private HostStorageApi.CopyVolume request(Copy copy) {
        VolumeView target = volumes.get(copy.volume().volumeId());
        return new HostStorageApi.CopyVolume(
                copy.sourcePoolId(),
                copy.sourceId(),
                copy.snapshotId(),
                target.poolId(),
                target.id(),
                target.format(),
                copy.volume().sizeBytes());
    }

    /** Ends the copy and removes what it made. */
    void takeBack(Copy copy, Caller caller) {
        try {
            bus.request(HostStorageApi.END_COPY.at(copy.hostId()), copy.target(), caller.part("end"));
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            // Its host is away. Where another one reaches the copy, the storage knows whether it is still written.
            LOG.info(
                    "the copy into {} could not be ended: {}",
                    copy.volume().volumeId(),
                    e.failure().message());
        }
        volumes.discard(copy.volume().volumeId(), caller.within(HOST_PATIENCE));
    }
}
