package io.limiquantix.images.copies;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.images.IsoUsers;
import io.limiquantix.images.copies.CopyStore.ReadyImage;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decides whether a copy of an image may be deleted: never the only one, and none that volumes are based on. */
public final class Removals {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final RemovalTask task;
    private final CopyStore store = new CopyStore();

    public Removals(Database database, Bus bus, Tasks tasks) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.task = new RemovalTask(database, bus);
    }

    /** Lets this process delete copies. */
    public void register() {
        tasks.register(task.kind());
    }

    /** For a person. */
    public TaskRef remove(ImageAt wanted, Caller caller) {
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (before.isPresent()) {
            return before.get();
        }
        // Whoever does not see the image learns nothing of what is based on it.
        database.run(tx -> store.lock(tx, wanted.imageId(), caller.actor()));
        Places places = Places.now(bus, caller);
        requireUnused(wanted, places, caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> remove(tx, wanted, places, caller)));
    }

    private TaskRef remove(Transaction tx, ImageAt wanted, Places places, Caller caller) {
        ReadyImage image = store.lock(tx, wanted.imageId(), caller.actor());
        List<StoredCopy> all = store.of(tx, image.id());
        StoredCopy copy = all.stream()
                .filter(each ->
                        each.poolId().equals(wanted.poolId()) && each.hostId().equals(wanted.hostId()))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("The image " + image.name() + " has no copy in the pool "
                        + places.poolName(wanted.poolId()) + " on the host " + places.hostName(wanted.hostId()) + "."));
        return begin(tx, image, copy, all, places, caller);
    }

    /** Empty when it was used, kept or begun to be deleted since it was looked at. */
    Optional<TaskRef> removeUnused(StoredCopy seen, Places places, Caller caller) {
        requireUnused(new ImageAt(seen.imageId(), seen.poolId(), seen.hostId()), places, caller);
        return database.transaction(tx -> {
            ReadyImage image = store.lock(tx, seen.imageId(), caller.actor());
            return store.find(tx, seen.id())
                    .filter(seen::equals)
                    .map(copy -> begin(tx, image, copy, store.of(tx, image.id()), places, caller));
        });
    }

    private TaskRef begin(
            Transaction tx, ReadyImage image, StoredCopy copy, List<StoredCopy> all, Places places, Caller caller) {
        if (copy.state() == CopyState.ARRIVING) {
            throw FailureException.conflict("The image " + image.name() + " is still being copied to the pool "
                    + places.poolName(copy.poolId()) + "; cancel that task instead.");
        }
        if (all.stream().noneMatch(other -> isAnother(other, copy, places))) {
            throw FailureException.conflict("This is the only copy of the image " + image.name()
                    + " that can be read now; put another one elsewhere first, or delete the image.");
        }
        store.become(tx, copy, CopyState.LEAVING);
        UUID host = places.readers(copy).stream().findFirst().orElse(copy.hostId());
        return tasks.submit(tx, task.submission(image, copy, host, caller.operationId(), caller.actor()));
    }

    /** One on a host that is down may be lost. */
    private static boolean isAnother(StoredCopy other, StoredCopy copy, Places places) {
        return other.isReady()
                && !other.id().equals(copy.id())
                && !places.readers(other).isEmpty();
    }

    private void requireUnused(ImageAt copy, Places places, Caller caller) {
        var which = new StorageApi.ImageAt(copy.imageId(), copy.poolId(), copy.hostId());
        long uses = bus.request(StorageApi.COUNT_USES_AT, which, caller).volumes();
        IsoUsers.requireNoneAt(
                bus, copy.imageId(), copy.poolId(), places.isShared(copy.poolId()) ? null : copy.hostId(), caller);
        if (uses > 0) {
            throw FailureException.of(
                    FailureCode.CONFLICT,
                    uses + (uses == 1 ? " volume is" : " volumes are") + " based on this copy in the pool "
                            + places.poolName(copy.poolId())
                            + "; make them independent or delete them first.");
        }
    }
}
