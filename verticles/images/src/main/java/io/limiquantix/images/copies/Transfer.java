package io.limiquantix.images.copies;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.images.copies.CopyTask.Attempt;
import io.limiquantix.images.copies.Sources.Source;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;

/** What hosts do so that one of them gets an image's file from another, or from another pool of its own. */
final class Transfer {
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);
    private static final Duration LET_GO_PATIENCE = Duration.ofSeconds(10);
    /** Checking runs at the speed of the disk: six hours are more than 1 TiB. */
    private static final Duration DISK_PATIENCE = Duration.ofHours(6);
    /** How long a source is asked that does not answer and counts as up; then the next one is tried. */
    private static final Duration SOURCE_PATIENCE = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final int BEGINS = 2;
    private static final int GIVEN = 10;
    /** How far the task is when the file has arrived. */
    static final int FETCHED = 85;

    private final Bus bus;
    private final Sources sources;

    Transfer(Bus bus, Sources sources) {
        this.bus = bus;
        this.sources = sources;
    }

    /** Fetches the file. Where that is the source's fault, nothing of it is left and the reason is answered. */
    Attempt attempt(CopyTask.Input wanted, Source source, TaskRun run, Caller caller) {
        Instant end = Instant.now().plus(SOURCE_PATIENCE);
        while (true) {
            try {
                ImageFile file = give(wanted, source, run, caller.part("give"));
                fetch(wanted, source, file, run, caller.part("fetch"));
                return new Attempt(file, null);
            } catch (FailureException e) {
                if (isOfTheTask(e)) {
                    throw e;
                }
                if (!e.code().isTransient() || Instant.now().isAfter(end)) {
                    takeBack(wanted, caller.part("take back"));
                    run.log("It cannot be had from " + source.hostName() + ": "
                            + e.failure().message());
                    return new Attempt(null, e.failure().message());
                }
                run.waitUntil(PAUSE, () -> false);
            }
        }
    }

    /** Whether another source would not help. */
    private static boolean isOfTheTask(FailureException e) {
        return switch (e.code()) {
            case CANCELLED, STALE_EPOCH, NO_CAPACITY, TOO_LARGE, INTERNAL -> true;
            default -> false;
        };
    }

    private ImageFile give(CopyTask.Input wanted, Source source, TaskRun run, Caller caller) {
        var request = new HostTransferApi.ExportImage(source.exportId(), source.poolId(), wanted.imageId(), null);
        ImageFile file = new LongWork(run, BEGINS, GIVEN)
                .await(
                        caller,
                        asking -> {
                            requireUp(source, asking);
                            return bus.request(HostTransferApi.EXPORT_IMAGE.at(source.hostId()), request, asking);
                        },
                        looking -> bus.request(
                                HostTransferApi.LOOK_AT_EXPORT.at(source.hostId()), export(source), looking));
        requireRight(wanted, source, file);
        return file;
    }

    /** Where a disk was made of the image, its file cannot be had any more: the new one is what that host says it is. */
    private static void requireRight(CopyTask.Input wanted, Source source, ImageFile file) {
        String known = source.sha256() == null ? wanted.sha256() : source.sha256();
        if (file.original() && !file.sha256().equals(known)) {
            throw FailureException.of(
                    FailureCode.STORAGE,
                    "Its file has the SHA-256 " + file.sha256() + " and not " + known
                            + ", which the image was admitted with.");
        }
    }

    private void fetch(CopyTask.Input wanted, Source source, ImageFile file, TaskRun run, Caller caller) {
        var request = new HostTransferApi.FetchFile(
                wanted.poolId(), wanted.imageId(), source.hostId(), source.exportId(), file.bytes(), file.sha256());
        FetchReport fetched = new LongWork(run, GIVEN, FETCHED)
                .await(
                        caller,
                        asking -> {
                            requireUp(source, asking);
                            return bus.request(HostTransferApi.FETCH_FILE.at(wanted.hostId()), request, asking);
                        },
                        looking ->
                                bus.request(HostTransferApi.LOOK_AT_FETCH.at(wanted.hostId()), image(wanted), looking));
        if (fetched.bytes() != file.bytes()) {
            throw FailureException.of(
                    FailureCode.STORAGE, fetched.bytes() + " of " + file.bytes() + " bytes have arrived.");
        }
    }

    /** Sooner than the hosts give up waiting for one another. */
    private void requireUp(Source source, Caller caller) {
        if (!sources.isUp(source.hostId(), caller.part("hosts"))) {
            throw FailureException.of(FailureCode.NOT_FOUND, "The host is down.");
        }
    }

    ImageReport admit(CopyTask.Input wanted, ImageFile file, Caller caller) {
        return bus.request(
                HostStorageApi.ADMIT_IMAGE.at(wanted.hostId()),
                new HostStorageApi.AdmitImage(wanted.poolId(), wanted.imageId(), file.format(), file.sha256()),
                caller.within(DISK_PATIENCE));
    }

    /** Ends the fetching, and deletes what came of it. */
    void takeBack(CopyTask.Input wanted, Caller caller) {
        bus.request(HostTransferApi.END_FETCH.at(wanted.hostId()), image(wanted), caller.part("end"));
        bus.request(
                HostStorageApi.DELETE_IMAGE.at(wanted.hostId()),
                image(wanted),
                caller.part("delete").within(HOST_PATIENCE));
    }

    /** The source need not give the file any more. */
    Nothing letGo(Source source, Caller caller) {
        bus.request(
                HostTransferApi.END_EXPORT.at(source.hostId()),
                export(source),
                caller.part("end " + source.exportId()).within(LET_GO_PATIENCE));
        return bus.request(
                HostTransferApi.DELETE_EXPORT.at(source.hostId()),
                export(source),
                caller.part("delete " + source.exportId()).within(LET_GO_PATIENCE));
    }

    private static HostTransferApi.Export export(Source source) {
        return new HostTransferApi.Export(source.exportId());
    }

    private static HostStorageApi.ImageName image(CopyTask.Input wanted) {
        return new HostStorageApi.ImageName(wanted.poolId(), wanted.imageId());
    }
}
