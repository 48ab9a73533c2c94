package io.limiquantix.images;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Brought;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images that are asked to be somewhere, and three hosts that are up. */
record CopyBed(FakeStorage storage, ImagesProcess images) {
    CopyBed {
        storage.up.addAll(List.of(storage.one, storage.two, storage.three));
    }

    Brought bring(UUID image, UUID pool, UUID host) {
        return images.plane.bus().request(ImagesApi.BRING, new ImageAt(image, pool, host), TestControlPlane.caller());
    }

    /** To where it is not yet. */
    TaskRef brought(UUID image, UUID pool, UUID host) {
        return Objects.requireNonNull(bring(image, pool, host).task(), "it is there already");
    }

    /** To the pool of the second host, to its end. */
    TaskView copied(UUID image) {
        return images.succeeded(brought(image, storage.poolTwo, storage.two));
    }

    TaskRef seed(UUID image, UUID pool, @Nullable UUID host) {
        return images.plane
                .bus()
                .request(ImagesApi.SEED, new ImagesApi.Seed(image, pool, host), TestControlPlane.caller());
    }

    TaskRef remove(UUID image, UUID pool, UUID host) {
        return images.plane
                .bus()
                .request(ImagesApi.REMOVE_COPY, new ImageAt(image, pool, host), TestControlPlane.caller());
    }

    /** An image that is on the first host only. */
    UUID onTheFirst(String name) {
        UUID id = images.draft(name, null, storage.poolOne, TestControlPlane.caller())
                .id();
        images.succeeded(images.upload(id, ImagesProcess.GOOD));
        return id;
    }

    List<Copy> copies(UUID image) {
        return images.image(image).copies();
    }

    List<UUID> readyOn(UUID image) {
        return copies(image).stream()
                .filter(copy -> copy.state() == CopyState.READY)
                .map(Copy::hostId)
                .toList();
    }
}
