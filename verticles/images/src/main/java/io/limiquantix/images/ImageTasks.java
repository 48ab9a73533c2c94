package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.images.ImageFilling.Check;
import io.limiquantix.images.ImageFilling.Download;
import io.limiquantix.images.ImageFilling.Import;
import io.limiquantix.images.ImageFilling.Source;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What takes long with an image, as durable tasks. */
final class ImageTasks {
    /**
     * Everything of an image, and where its parts are.
     *
     * @param disks of an appliance; an earlier version knew of none
     * @param independent whether volumes are made independent of it first
     */
    record Deletion(
            UUID imageId, List<Copy> places, @Nullable List<Deletion> disks, boolean independent) {
        Deletion {
            places = List.copyOf(places);
            disks = disks == null ? List.of() : List.copyOf(disks);
        }

        static Deletion of(ImageStore.Arrival arrival, List<Deletion> disks, boolean independent) {
            ImageView image = arrival.image();
            List<Copy> places = Stream.concat(
                            image.copies().stream().map(Copy::place), Stream.ofNullable(arrival.place()))
                    .distinct()
                    .toList();
            return new Deletion(image.id(), places, disks, independent);
        }
    }

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final ImageStore store = new ImageStore();
    private final TaskKind<Check> check;
    private final TaskKind<Import> importing;
    private final TaskKind<Download> downloading;
    private final TaskKind<Deletion> deletion = new TaskKind<>("image.delete", Deletion.class, this::runDelete);

    ImageTasks(Database database, Bus bus, Tasks tasks, PublishedSums published) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        ImageFilling filling = new ImageFilling(database, bus, published);
        this.check = new TaskKind<>("image.check", Check.class, filling::check);
        this.importing = new TaskKind<>("image.import", Import.class, filling::importFile);
        this.downloading = new TaskKind<>("image.download", Download.class, filling::download);
    }

    void register() {
        List.of(check, importing, downloading, deletion).forEach(tasks::register);
    }

    /** What the same request began before, if anything. */
    Optional<TaskRef> submitted(Transaction tx, Caller caller) {
        return tasks.submitted(tx, caller.operationId());
    }

    /** @throws FailureException {@code CONFLICT} while a task works on the image: it may delete what arrives */
    void requireIdle(Transaction tx, ImageView image) {
        if (!tasks.activeOn(tx, List.of(image.id())).isEmpty()) {
            throw FailureException.conflict(
                    "The image " + image.name() + " is being worked on by a task; wait for it or cancel it.");
        }
    }

    TaskRef check(Transaction tx, ImageStore.Arrival arrival, Copy place, Caller caller) {
        return fill(tx, check, Check.of(arrival, place), arrival.image(), caller);
    }

    TaskRef importFile(Transaction tx, ImageStore.Arrival arrival, Copy place, String path, Caller caller) {
        return fill(tx, importing, new Import(Check.of(arrival, place), path), arrival.image(), caller);
    }

    TaskRef download(Transaction tx, ImageStore.Arrival arrival, Copy place, Source source, Caller caller) {
        return fill(tx, downloading, new Download(Check.of(arrival, place), source), arrival.image(), caller);
    }

    private <I extends Record> TaskRef fill(Transaction tx, TaskKind<I> kind, I input, ImageView image, Caller caller) {
        store.checking(tx, image.id());
        return submit(tx, kind, input, image, caller);
    }

    /**
     * @param disks of an appliance, which go with it
     * @param independent whether volumes are made independent of them first
     */
    TaskRef delete(
            Transaction tx,
            ImageStore.Arrival arrival,
            List<ImageStore.Arrival> disks,
            boolean independent,
            Caller caller) {
        Stream.concat(Stream.of(arrival), disks.stream()).forEach(each -> requireStill(each.image()));
        List<Deletion> parts = disks.stream()
                .map(disk -> Deletion.of(disk, List.of(), independent))
                .toList();
        return submit(tx, deletion, Deletion.of(arrival, parts, independent), arrival.image(), caller);
    }

    private static void requireStill(ImageView image) {
        if (image.copies().stream().anyMatch(copy -> copy.state() != CopyState.READY)) {
            throw FailureException.conflict("The image " + image.name()
                    + " is just being copied, or a copy of it deleted; wait for that task or cancel it.");
        }
    }

    private void runDelete(Deletion input, TaskRun run) {
        if (input.independent()) {
            Independence independence = new Independence(bus);
            independence.makeAll(input.imageId(), run);
            Objects.requireNonNull(input.disks()).forEach(disk -> independence.makeAll(disk.imageId(), run));
        }
        run.pointOfNoReturn();
        List<Deletion> disks = Objects.requireNonNull(input.disks());
        for (int i = 0; i < disks.size(); i++) {
            delete(disks.get(i), run, " of disk " + (i + 1));
        }
        delete(input, run, "");
    }

    private void delete(Deletion input, TaskRun run, String what) {
        for (Copy copy : input.places()) {
            run.step("delete" + what + " from " + copy.hostId() + ", pool " + copy.poolId(), Nothing.class)
                    .progress(80)
                    .run(caller -> {
                        bus.request(
                                HostStorageApi.DELETE_IMAGE.at(copy.hostId()),
                                new HostStorageApi.ImageName(copy.poolId(), input.imageId()),
                                caller);
                        database.run(tx -> store.removeCopy(tx, input.imageId(), copy));
                        return Nothing.NOTHING;
                    });
        }
        run.step("forget" + what, Nothing.class).progress(95).run(caller -> {
            database.run(tx -> store.delete(tx, input.imageId()));
            return Nothing.NOTHING;
        });
    }

    private <I extends Record> TaskRef submit(
            Transaction tx, TaskKind<I> kind, I input, ImageView image, Caller caller) {
        return tasks.submit(
                tx,
                new Submission<>(kind, input, caller.operationId(), caller.actor(), "image", image.id(), image.name()));
    }
}
