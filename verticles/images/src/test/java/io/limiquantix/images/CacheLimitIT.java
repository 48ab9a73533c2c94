package io.limiquantix.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.images.copies.CacheLimit;
import io.limiquantix.images.copies.Removals;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.testing.Eventually;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies that came by themselves go when they take too much, the longest unused ones first. */
class CacheLimitIT {
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final CopyBed bed = new CopyBed(storage, images);
    private final ControlPlane plane = images.plane.controlPlane();

    @AfterEach
    void stop() {
        images.close();
    }

    /** Room for so many copies. */
    private void round(int copies) {
        Removals removals = new Removals(plane.database(), images.plane.bus(), plane.tasks());
        new CacheLimit(
                        plane.database(),
                        images.plane.bus(),
                        removals,
                        plane.platform().clock(),
                        copies * FakeCopies.FILE_BYTES)
                .round();
        Eventually.holds(() -> all().stream().noneMatch(copy -> copy.state() == CopyState.LEAVING));
    }

    private List<Copy> all() {
        return images.list(Page.FIRST, null, null).items().stream()
                .flatMap(image -> image.copies().stream())
                .toList();
    }

    /** One that came to the second host by itself, and was last used so long ago. */
    private UUID cached(String name, int hours) {
        UUID id = bed.onTheFirst(name);
        bed.copied(id);
        lastUsed(id, hours);
        return id;
    }

    private void lastUsed(UUID image, int hours) {
        Database database = plane.database();
        database.run(tx -> tx.update(
                "update images.copies set last_used_at = now() - make_interval(hours => $2) where image_id = $1",
                image,
                hours));
    }

    private boolean isCached(UUID image) {
        return bed.readyOn(image).contains(storage.two);
    }

    @Test
    void theLongestUnusedGoUntilTheOthersFit() {
        UUID old = cached("old", 9);
        UUID older = cached("older", 12);
        UUID young = cached("young", 1);
        round(3);
        assertThat(all()).hasSize(6);
        round(1);
        assertThat(isCached(older)).isFalse();
        assertThat(isCached(old)).isFalse();
        assertThat(isCached(young)).isTrue();
        assertThat(all()).as("each image is where it was put").hasSize(4);
    }

    @Test
    void whatIsUsedAgainCountsAsYoung() {
        UUID used = cached("used", 12);
        UUID other = cached("other", 9);
        bed.bring(used, storage.poolTwo, storage.two);
        round(1);
        assertThat(isCached(used)).isTrue();
        assertThat(isCached(other)).isFalse();
    }

    @Test
    void whatAPersonPutThereOrVolumesAreBasedOnOrWasJustUsedStays() {
        UUID seeded = cached("seeded", 12);
        images.succeeded(bed.seed(seeded, storage.poolTwo, null));
        UUID used = cached("used", 12);
        storage.copies.used.add(new StorageApi.ImageAt(used, storage.poolTwo, storage.two));
        UUID just = cached("just", 0);
        round(0);
        assertThat(List.of(seeded, used, just)).allMatch(this::isCached);
    }

    @Test
    void theOnlyCopyOfAnImageStays() {
        UUID image = cached("debian", 12);
        images.succeeded(bed.remove(image, storage.poolOne, storage.one));
        round(0);
        assertThat(bed.readyOn(image)).containsExactly(storage.two);
    }
}
