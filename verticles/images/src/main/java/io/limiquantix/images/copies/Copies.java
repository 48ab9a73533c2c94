package io.limiquantix.images.copies;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImagesApi.Brought;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.images.ImagesApi.Seed;
import io.limiquantix.images.copies.CopyStore.ReadyImage;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides whether a copy of an image is to be made. Whoever decides about an image's copies holds its row in the database, so of all
 * that ask at once, at whichever control plane, one begins the copy and the others find it.
 */
public final class Copies {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final CopyTask task;
    private final CopyStore store = new CopyStore();

    public Copies(Database database, Bus bus, Tasks tasks) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.task = new CopyTask(database, bus);
    }

    /** Lets this process make copies. */
    public void register() {
        tasks.register(task.kind());
    }

    /** For whoever is about to make a volume there. */
    public Brought bring(ImageAt wanted, Caller caller) {
        Places places = Places.now(bus, caller);
        return database.transaction(tx -> bring(tx, places, wanted, caller));
    }

    private Brought bring(Transaction tx, Places places, ImageAt wanted, Caller caller) {
        ReadyImage image = lock(tx, wanted.imageId(), caller.actor());
        Optional<StoredCopy> there = find(tx, places, wanted);
        if (there.isEmpty()) {
            return new Brought(begin(tx, places, image, wanted, false, caller));
        }
        StoredCopy copy = there.get();
        return switch (copy.state()) {
            case READY -> {
                store.used(tx, copy.id());
                yield new Brought(null);
            }
            case ARRIVING -> new Brought(underWay(tx, image, copy, caller));
            case LEAVING -> throw beingDeleted(places, image, copy);
        };
    }

    /** For a person, who decides how long it stays. */
    public TaskRef seed(Seed wish, Caller caller) {
        Places places = Places.now(bus, caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> seed(tx, places, wish, caller)));
    }

    private TaskRef seed(Transaction tx, Places places, Seed wish, Caller caller) {
        var wanted = new ImageAt(wish.imageId(), wish.poolId(), places.hostFor(wish));
        ReadyImage image = lock(tx, wanted.imageId(), caller.actor());
        Optional<StoredCopy> there = find(tx, places, wanted);
        if (there.isEmpty()) {
            return begin(tx, places, image, wanted, true, caller);
        }
        StoredCopy copy = there.get();
        store.keep(tx, copy);
        return switch (copy.state()) {
            case READY -> tasks.submit(tx, task.submission(image, copy, true, caller.operationId(), caller.actor()));
            case ARRIVING -> underWay(tx, image, copy, caller);
            case LEAVING -> throw beingDeleted(places, image, copy);
        };
    }

    /** @throws FailureException {@code CONFLICT} while a task works on the image itself: it may be deleted */
    private ReadyImage lock(Transaction tx, UUID imageId, Actor actor) {
        ReadyImage image = store.lock(tx, imageId, actor);
        if (store.of(tx, imageId).isEmpty()) {
            throw FailureException.conflict("The image " + image.name()
                    + " has no file that could be copied; the disks of an appliance are images of their own.");
        }
        if (!tasks.activeOn(tx, List.of(imageId)).isEmpty()) {
            throw FailureException.conflict(
                    "The image " + image.name() + " is being worked on by a task; wait for it or cancel it.");
        }
        return image;
    }

    private Optional<StoredCopy> find(Transaction tx, Places places, ImageAt wanted) {
        return store.of(tx, wanted.imageId()).stream()
                .filter(copy -> places.serves(copy, wanted))
                .findFirst();
    }

    private TaskRef begin(
            Transaction tx, Places places, ReadyImage image, ImageAt wanted, boolean kept, Caller caller) {
        places.requireUsable(wanted);
        UUID id = Uuid7.next();
        store.insertArriving(tx, id, wanted, kept);
        StoredCopy copy = store.find(tx, id).orElseThrow();
        // Whoever asked for it as a part of something else asks again with the same operation, perhaps for another copy
        // then.
        UUID operation = kept ? caller.operationId() : id;
        return tasks.submit(tx, task.submission(image, copy, false, operation, caller.actor()));
    }

    /** The task that makes it; another one where that ended without a trace. */
    private TaskRef underWay(Transaction tx, ReadyImage image, StoredCopy copy, Caller caller) {
        return Optional.ofNullable(tasks.activeOn(tx, List.of(copy.id())).get(copy.id()))
                .map(active -> new TaskRef(active.taskId(), copy.id()))
                .orElseGet(() -> tasks.submit(tx, task.submission(image, copy, false, Uuid7.next(), caller.actor())));
    }

    private static FailureException beingDeleted(Places places, ReadyImage image, StoredCopy copy) {
        return FailureException.of(
                FailureCode.UNAVAILABLE,
                "The copy of the image " + image.name() + " in the pool " + places.poolName(copy.poolId())
                        + " is just being deleted; it can be copied there again after that.");
    }
}
