package io.limiquantix.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.storage.VolumeCopies.Copy;
import io.limiquantix.storage.VolumeCopies.Way;
import java.time.Duration;
import java.util.UUID;

/** Copies between pools that no host reaches both of: one host makes a file of the source, another fetches that. */
final class FarCopies {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);
    /** Checking and copying run at the speed of the disk: six hours are more than 1 TiB. */
    private static final Duration DISK_PATIENCE = Duration.ofHours(6);

    private static final String FORMAT = "qcow2";

    /** How far the task is when each part is done. */
    static final int EXPORTED = 40;

    static final int FETCHED = 80;
    static final int CHECKED = 84;
    static final int MADE = 96;

    private final Database database;
    private final Bus bus;
    private final VolumeStore store = new VolumeStore();

    FarCopies(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /** A copy and the way over which it comes. */
    record FarCopy(Copy copy, Way way) {
        private UUID reader() {
            return copy.hostId();
        }

        private UUID writer() {
            return copy.volume().hostId();
        }

        private HostTransferApi.Export file() {
            return new HostTransferApi.Export(way.exportId());
        }

        private HostStorageApi.ImageName image() {
            return new HostStorageApi.ImageName(copy.volume().poolId(), way.imageId());
        }
    }

    ExportReport export(FarCopy far, TaskRun run, Caller caller) {
        Copy copy = far.copy();
        var request = new HostTransferApi.ExportVolume(
                far.way().exportId(), copy.sourcePoolId(), copy.sourceId(), copy.snapshotId(), FORMAT);
        return new LongWork(run, VolumeCopies.BEGINS, EXPORTED)
                .await(
                        caller,
                        asking -> bus.request(HostTransferApi.EXPORT_VOLUME.at(far.reader()), request, asking),
                        looking -> bus.request(HostTransferApi.LOOK_AT_EXPORT.at(far.reader()), far.file(), looking));
    }

    void takeExportBack(FarCopy far, Caller caller) {
        bus.request(HostTransferApi.END_EXPORT.at(far.reader()), far.file(), caller.part("end"));
        deleteExport(far, caller);
    }

    Nothing deleteExport(FarCopy far, Caller caller) {
        return bus.request(
                HostTransferApi.DELETE_EXPORT.at(far.reader()),
                far.file(),
                caller.part("delete").within(HOST_PATIENCE));
    }

    FetchReport fetch(FarCopy far, ExportReport file, TaskRun run, Caller caller) {
        var request = new HostTransferApi.FetchFile(
                far.copy().volume().poolId(),
                far.way().imageId(),
                far.reader(),
                file.exportId(),
                file.bytes(),
                file.sha256());
        return new LongWork(run, EXPORTED, FETCHED)
                .await(
                        caller,
                        asking -> bus.request(HostTransferApi.FETCH_FILE.at(far.writer()), request, asking),
                        looking -> bus.request(HostTransferApi.LOOK_AT_FETCH.at(far.writer()), far.image(), looking));
    }

    void takeImageBack(FarCopy far, Caller caller) {
        bus.request(HostTransferApi.END_FETCH.at(far.writer()), far.image(), caller.part("end"));
        deleteImage(far, caller);
    }

    Nothing deleteImage(FarCopy far, Caller caller) {
        return bus.request(
                HostStorageApi.DELETE_IMAGE.at(far.writer()),
                far.image(),
                caller.part("delete").within(HOST_PATIENCE));
    }

    ImageReport check(FarCopy far, ExportReport file, Caller caller) {
        return bus.request(
                HostStorageApi.ADMIT_IMAGE.at(far.writer()),
                new HostStorageApi.AdmitImage(
                        far.copy().volume().poolId(), far.way().imageId(), FORMAT, file.sha256()),
                caller.within(DISK_PATIENCE));
    }

    /** Stores the copy when the host confirmed it. */
    VolumeView make(FarCopy far, ImageReport image, Caller caller) {
        var wanted = far.copy().volume();
        VolumeView volume = database.transaction(tx -> store.get(tx, wanted.volumeId()));
        VolumeReport report = bus.request(
                HostStorageApi.CREATE_VOLUME.at(far.writer()),
                new HostStorageApi.CreateVolume(
                        wanted.poolId(),
                        wanted.volumeId(),
                        volume.format(),
                        Math.max(wanted.sizeBytes(), image.virtualSizeBytes()),
                        VolumeOrigin.ofImage(image.imageId()),
                        true,
                        Preallocation.THIN),
                caller.within(DISK_PATIENCE));
        return database.transaction(tx -> {
            store.confirmed(tx, report);
            return store.get(tx, report.volumeId());
        });
    }
}
