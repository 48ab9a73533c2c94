package io.limiquantix.images;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ApplianceReport;
import io.limiquantix.bus.host.HostTransferApi.UnpackReport;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.images.ImageFilling.Check;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an appliance whose archive is there becomes images: it is read, each of its disks is converted and checked under an id that follows
 * from the task, the archive goes, and all of them are entered at once. Until then the library knows none of the disks.
 */
final class ApplianceFilling {
    static final String OVA = "ova";

    /** A host that goes away at the end of hours of work is waited for. */
    private static final Duration ARCHIVE_PATIENCE = Duration.ofMinutes(15);

    private static final int DISKS_DONE = 94;
    private static final int ARCHIVE_GONE = 96;
    private static final double READ_SHARE = 0.15;
    private static final double CONVERTED_SHARE = 0.9;

    private final Database database;
    private final Bus bus;
    private final KeptReasons reasons;
    private final ApplianceStore store = new ApplianceStore();

    /**
     * A disk that is an image of its own now.
     *
     * @param index among all disks of the appliance
     */
    record Admitted(int index, ImageReport image, @Nullable CameAs came) {}

    /** A disk on its way, and how far the task is before and after it. */
    private record Part(Check appliance, int index, UUID imageId, int from, int to) {
        HostStorageApi.ImageName name() {
            return new HostStorageApi.ImageName(appliance.poolId(), imageId);
        }
    }

    ApplianceFilling(Database database, Bus bus, KeptReasons reasons) {
        this.database = database;
        this.bus = bus;
        this.reasons = reasons;
    }

    /** @param from how far the task is by now */
    void admit(Check input, TaskRun run, int from, String unfinished) {
        int begin = (int) (from + READ_SHARE * (DISKS_DONE - from));
        ApplianceReport read = read(input, run, from, begin, unfinished);
        List<Admitted> disks = new ArrayList<>();
        List<ApplianceHardware.Disk> all = read.hardware().disks();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).fileName() != null) {
                int span = DISKS_DONE - begin;
                UUID id = Uuid7.derived(run.taskId(), "disk " + i);
                disks.add(take(
                        new Part(input, i, id, begin + span * i / all.size(), begin + span * (i + 1) / all.size()),
                        run));
            }
        }
        run.pointOfNoReturn();
        run.step("delete the archive", Nothing.class)
                .progress(ARCHIVE_GONE)
                .patience(ARCHIVE_PATIENCE)
                .run(caller -> bus.request(HostStorageApi.DELETE_IMAGE.at(input.hostId()), input.name(), caller));
        run.step("enter", Nothing.class).progress(99).run(caller -> {
            database.run(tx -> store.admitted(tx, read, disks, input.place()));
            return Nothing.NOTHING;
        });
    }

    private ApplianceReport read(Check input, TaskRun run, int from, int to, String unfinished) {
        var request = new HostTransferApi.ReadAppliance(
                input.poolId(), input.imageId(), input.sha256(), input.sha512(), input.md5());
        return run.step("reading the appliance", ApplianceReport.class)
                .progress(to)
                .orUndo(
                        caller -> reasons.refusing(
                                input.imageId(),
                                () -> await(
                                        input,
                                        input.name(),
                                        new LongWork(run, from, to),
                                        caller,
                                        asking -> bus.request(
                                                HostTransferApi.READ_APPLIANCE.at(input.hostId()), request, asking))),
                        caller -> {
                            end(input, input.name(), caller);
                            reasons.forget(input, caller, unfinished);
                        });
    }

    /** What comes of it goes when this or a later step fails. */
    private Admitted take(Part part, TaskRun run) {
        Check input = part.appliance();
        String what = "disk " + (part.index() + 1);
        int converted = (int) (part.from() + CONVERTED_SHARE * (part.to() - part.from()));
        var request = new HostTransferApi.TakeDisk(input.poolId(), input.imageId(), part.index(), part.imageId());
        UnpackReport taken = run.step("converting " + what, UnpackReport.class)
                .progress(converted)
                .orUndo(
                        caller -> reasons.refusing(
                                input.imageId(),
                                () -> await(
                                        input,
                                        part.name(),
                                        new LongWork(run, part.from(), converted),
                                        caller,
                                        asking -> bus.request(
                                                HostTransferApi.TAKE_DISK.at(input.hostId()), request, asking))),
                        caller -> {
                            end(input, part.name(), caller);
                            bus.request(HostStorageApi.DELETE_IMAGE.at(input.hostId()), part.name(), caller);
                        });
        ImageReport image = run.step("checking " + what, ImageReport.class)
                .progress(part.to())
                .run(caller -> reasons.refusing(
                        input.imageId(),
                        () -> bus.request(
                                HostStorageApi.ADMIT_IMAGE.at(input.hostId()),
                                new HostStorageApi.AdmitImage(input.poolId(), part.imageId(), taken.format(), null),
                                caller.within(ImageFilling.PATIENCE))));
        return new Admitted(part.index(), image, taken.came());
    }

    private <R extends Record> R await(
            Check input, HostStorageApi.ImageName name, LongWork work, Caller caller, Function<Caller, R> ask) {
        return work.await(
                caller, ask, looking -> bus.request(HostTransferApi.LOOK_AT_FETCH.at(input.hostId()), name, looking));
    }

    private void end(Check input, HostStorageApi.ImageName name, Caller caller) {
        bus.request(HostTransferApi.END_FETCH.at(input.hostId()), name, caller.part("end"));
    }
}
