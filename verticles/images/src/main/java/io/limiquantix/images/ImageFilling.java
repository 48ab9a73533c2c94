package io.limiquantix.images;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.UnpackReport;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.images.system.IsoContents;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.names.WebAddress;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an image gets its bytes: fetched or copied where they are not there yet, unpacked where they have to be, and checked. */
final class ImageFilling {
    /** Copying and hashing run at the speed of the disk: six hours are more than 1 TiB. */
    static final Duration PATIENCE = Duration.ofHours(6);

    private static final Set<String> PLAIN = Set.of("qcow2", "raw", "iso");

    private static final String UNFINISHED_IMPORT = "The import did not finish.";
    private static final String UNFINISHED_DOWNLOAD = "The download did not finish.";
    /** How far a task is when the bytes are there. */
    private static final int IMPORTED = 30;

    private static final int DOWNLOADED = 70;
    /** And when they are those of a plain image. */
    private static final int UNPACKED = 85;

    /** Bytes that have arrived and are to be checked; an earlier version wrote of SHA-256 only. */
    record Check(
            UUID imageId,
            UUID poolId,
            UUID hostId,
            String format,
            @Nullable String sha256,
            @Nullable String sha512,
            @Nullable String md5) {
        static Check of(ImageStore.Arrival arrival, Copy place) {
            ImageView image = arrival.image();
            Sums sums = arrival.expected();
            return new Check(
                    image.id(),
                    place.poolId(),
                    place.hostId(),
                    image.format(),
                    sums.sha256(),
                    sums.sha512(),
                    sums.md5());
        }

        Check with(Sums sums) {
            return new Check(imageId, poolId, hostId, format, sums.sha256(), sums.sha512(), sums.md5());
        }

        Sums sums() {
            return new Sums(sha256, sha512, md5);
        }

        Copy place() {
            return new Copy(poolId, hostId);
        }

        /** Whether it stays in its format. */
        private boolean isPlain() {
            return PLAIN.contains(format);
        }

        HostStorageApi.ImageName name() {
            return new HostStorageApi.ImageName(poolId, imageId);
        }
    }

    /** A file that is to be copied in and checked. */
    record Import(Check check, String path) {}

    /** A file of the web that is to be fetched and checked. */
    record Download(Check check, Source source) {}

    /**
     * @param maxBytes a larger file is refused
     * @param checksumsUrl of the list that has the file's checksum, if there is one
     */
    record Source(String url, long maxBytes, @Nullable String checksumsUrl) {}

    private final Database database;
    private final Bus bus;
    private final PublishedSums published;
    private final KeptReasons reasons;
    private final ApplianceFilling appliances;
    private final ImageStore store = new ImageStore();
    private final SystemStore systems = new SystemStore();

    ImageFilling(Database database, Bus bus, PublishedSums published) {
        this.database = database;
        this.bus = bus;
        this.published = published;
        this.reasons = new KeptReasons(database, bus);
        this.appliances = new ApplianceFilling(database, bus, reasons);
    }

    void check(Check input, TaskRun run) {
        admit(input, run, 1, "The check did not finish.");
    }

    void importFile(Import input, TaskRun run) {
        Check where = input.check();
        run.step("copy", Nothing.class)
                .progress(IMPORTED)
                .orUndo(
                        caller -> reasons.refusing(
                                where.imageId(),
                                () -> bus.request(
                                        HostStorageApi.COPY_IMAGE_FILE.at(where.hostId()),
                                        new HostStorageApi.CopyImageFile(where.poolId(), where.imageId(), input.path()),
                                        caller.within(PATIENCE))),
                        caller -> reasons.forget(where, caller, UNFINISHED_IMPORT));
        admit(where, run, IMPORTED, UNFINISHED_IMPORT);
    }

    void download(Download input, TaskRun run) {
        Check where = input.check().with(sums(input, run));
        run.step("download", FetchReport.class)
                .progress(DOWNLOADED)
                .orUndo(caller -> reasons.refusing(where.imageId(), () -> download(input, run, caller)), caller -> {
                    bus.request(HostTransferApi.END_FETCH.at(where.hostId()), where.name(), caller.part("end"));
                    reasons.forget(where, caller, UNFINISHED_DOWNLOAD);
                });
        admit(where, run, DOWNLOADED, UNFINISHED_DOWNLOAD);
    }

    /** The list first: it is read in a moment, and a file that nobody can compare need not come. */
    private Sums sums(Download input, TaskRun run) {
        Sums given = input.check().sums();
        @Nullable String list = input.source().checksumsUrl();
        if (list == null) {
            return given;
        }
        UUID imageId = input.check().imageId();
        var wanted = new ImagesApi.LookUpSums(
                list, WebAddress.parse(input.source().url()).fileName());
        return run.step("read checksums", Sums.class)
                .progress(1)
                .orUndo(
                        caller -> reasons.refusing(
                                imageId,
                                () -> PublishedSums.both(
                                        given,
                                        published.lookUp(wanted, input.check().hostId(), caller))),
                        caller -> reasons.explain(imageId, UNFINISHED_DOWNLOAD));
    }

    private FetchReport download(Download input, TaskRun run, Caller caller) {
        Check where = input.check();
        var request = new HostTransferApi.DownloadFile(
                where.poolId(),
                where.imageId(),
                input.source().url(),
                input.source().maxBytes());
        return new LongWork(run, 1, DOWNLOADED)
                .await(
                        caller,
                        asking -> bus.request(HostTransferApi.DOWNLOAD_FILE.at(where.hostId()), request, asking),
                        looking ->
                                bus.request(HostTransferApi.LOOK_AT_FETCH.at(where.hostId()), where.name(), looking));
    }

    /** @param from how far the task is by now */
    private void admit(Check input, TaskRun run, int from, String unfinished) {
        if (input.format().equals(ApplianceFilling.OVA)) {
            appliances.admit(input, run, from, unfinished);
            return;
        }
        UnpackReport unpacked = unpack(input, run, from, unfinished);
        ImageReport report = run.step("check", ImageReport.class)
                .progress(90)
                .run(caller -> reasons.refusing(
                        input.imageId(),
                        () -> bus.request(
                                HostStorageApi.ADMIT_IMAGE.at(input.hostId()),
                                admission(input, unpacked),
                                caller.within(PATIENCE))));
        run.pointOfNoReturn();
        run.step("enter", Nothing.class).progress(95).run(caller -> {
            database.run(tx -> {
                store.admitted(tx, report, unpacked.came(), input.place());
                learn(tx, report);
            });
            return Nothing.NOTHING;
        });
        List<String> same = database.transaction(tx -> store.othersWithSha256(tx, input.imageId(), report.sha256()));
        if (!same.isEmpty()) {
            run.log("The library has the same bytes already, as " + String.join(", ", same) + ".");
        }
    }

    private void learn(Transaction tx, ImageReport report) {
        @Nullable IsoReport iso = report.iso();
        if (iso == null) {
            return;
        }
        IsoContents.recognise(iso)
                .ifPresent(facts -> systems.learned(tx, report.imageId(), OperatingSystem.Source.ISO, facts));
        @Nullable SystemFacts known = iso.osinfo();
        if (known != null) {
            systems.learned(tx, report.imageId(), OperatingSystem.Source.OSINFO, known);
        }
    }

    /** What comes of it goes when this or a later step fails. */
    private UnpackReport unpack(Check input, TaskRun run, int from, String unfinished) {
        var request = new HostTransferApi.UnpackFile(
                input.poolId(), input.imageId(), input.format(), input.sha256(), input.sha512(), input.md5());
        return run.step(input.isPlain() ? "unpacking" : "converting", UnpackReport.class)
                .progress(UNPACKED)
                .orUndo(
                        caller -> reasons.refusing(input.imageId(), () -> new LongWork(run, from, UNPACKED)
                                .await(
                                        caller,
                                        asking -> bus.request(
                                                HostTransferApi.UNPACK_FILE.at(input.hostId()), request, asking),
                                        looking -> bus.request(
                                                HostTransferApi.LOOK_AT_FETCH.at(input.hostId()),
                                                input.name(),
                                                looking))),
                        caller -> {
                            bus.request(HostTransferApi.END_FETCH.at(input.hostId()), input.name(), caller.part("end"));
                            reasons.forget(input, caller, unfinished);
                        });
    }

    /** The checksums that are expected are those of the file as it came. */
    private static HostStorageApi.AdmitImage admission(Check input, UnpackReport unpacked) {
        return unpacked.came() == null
                ? new HostStorageApi.AdmitImage(
                        input.poolId(), input.imageId(), unpacked.format(), input.sha256(), input.sha512(), input.md5())
                : new HostStorageApi.AdmitImage(input.poolId(), input.imageId(), unpacked.format(), null);
    }
}
