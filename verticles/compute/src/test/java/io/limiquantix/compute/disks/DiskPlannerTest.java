package io.limiquantix.compute.disks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.PoolView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiskPlannerTest {
    private static final UUID H1 = new UUID(1, 1);
    private static final UUID H2 = new UUID(1, 2);
    private static final UUID P1 = new UUID(2, 1);
    private static final UUID P2 = new UUID(2, 2);
    private static final UUID IMAGE = new UUID(3, 1);
    private static final long SIZE = 1L << 30;

    private static PoolView pool(UUID id, long free, UUID... hosts) {
        var on = Stream.of(hosts)
                .map(host -> new PoolView.OnHost(host, new PoolReport(id, true, 100, free, null, null), Instant.EPOCH))
                .toList();
        return new PoolView(
                id,
                "p" + id,
                "local",
                Map.of(),
                List.of(),
                PoolView.State.READY,
                false,
                100,
                free,
                on,
                0,
                Instant.EPOCH,
                1);
    }

    private static ImageView image(ImageView.State state, String format, ImageView.Copy... copies) {
        return new ImageView(
                IMAGE,
                "debian",
                "",
                null,
                null,
                format,
                state,
                null,
                1,
                SIZE,
                List.of(copies),
                null,
                null,
                Instant.EPOCH,
                1,
                null,
                List.of(),
                null,
                ImageView.Visibility.SHARED,
                null,
                null);
    }

    private static ImageView readyOn(UUID pool, UUID host) {
        return image(ImageView.State.READY, "qcow2", new ImageView.Copy(pool, host));
    }

    private static DiskPlan plan(ImageView image, List<PoolView> pools, @Nullable UUID host, DiskSpec... wishes) {
        return new DiskPlanner(
                        new Named(Map.of(IMAGE, image), Map.of()),
                        pools,
                        host == null ? null : Set.of(host),
                        UUID::randomUUID)
                .plan(List.of(wishes), List.of());
    }

    private static DiskSpec fromImage() {
        return new DiskSpec(IMAGE, null, null);
    }

    @Test
    void aDiskGoesWhereItsImageIs() {
        DiskPlan plan = plan(readyOn(P2, H2), List.of(pool(P1, 50, H1), pool(P2, 10, H1, H2)), null, fromImage());
        assertThat(plan.hosts()).containsExactlyInAnyOrder(H1, H2);
        assertThat(plan.preferred()).containsExactly(H2);
        assertThat(plan.disks()).extracting(Disk::poolId).containsExactly(P2);
        assertThat(plan.disks()).extracting(Disk::sizeBytes).containsExactly(SIZE);
    }

    @Test
    void aDeprecatedImageThatIsNamedIsUsed() {
        var copy = new ImageView.Copy(P1, H1);
        DiskPlan plan =
                plan(image(ImageView.State.DEPRECATED, "qcow2", copy), List.of(pool(P1, 50, H1)), null, fromImage());
        assertThat(plan.disks()).extracting(Disk::imageId).containsExactly(IMAGE);
    }

    @Test
    void aPoolWithoutTheImageWillDoWhereNoOtherOneIs() {
        DiskPlan chosen =
                plan(readyOn(P2, H2), List.of(pool(P1, 50, H1), pool(P2, 10, H2)), null, new DiskSpec(IMAGE, null, P1));
        assertThat(chosen.hosts()).containsExactly(H1);
        assertThat(chosen.preferred()).isEmpty();
        DiskPlan away = plan(readyOn(P2, H2), List.of(pool(P1, 50, H1), pool(P2, 10, H2)), H1, fromImage());
        assertThat(away.disks()).extracting(Disk::poolId).containsExactly(P1);
    }

    @Test
    void aPoolThatIsFullIsNotTakenForItsCopy() {
        DiskPlan plan = plan(readyOn(P2, H1), List.of(pool(P1, 50, H1), pool(P2, 1, H1)), null, fromImage());
        assertThat(plan.disks()).extracting(Disk::poolId).containsExactly(P1);
    }

    @Test
    void aCopyThatIsOnItsWayIsNotOneThatIsThere() {
        var arriving = new ImageView.Copy(P2, H1, ImageView.CopyState.ARRIVING, false, null);
        ImageView image = image(ImageView.State.READY, "qcow2", arriving, new ImageView.Copy(P1, H1));
        DiskPlan plan = plan(image, List.of(pool(P1, 10, H1), pool(P2, 50, H1)), null, fromImage());
        assertThat(plan.disks()).extracting(Disk::poolId).containsExactly(P1);
    }

    @Test
    void anEmptyDiskFollowsTheFirstToItsHost() {
        DiskPlan plan = plan(
                readyOn(P2, H2),
                List.of(pool(P1, 50, H1), pool(P2, 10, H2)),
                null,
                fromImage(),
                new DiskSpec(null, SIZE, null));
        assertThat(plan.disks()).extracting(Disk::poolId).containsExactly(P2, P2);
        assertThat(plan.hosts()).containsExactly(H2);
    }

    @Test
    void amongPoolsThatFitTheOneWithTheMostRoomIsTaken() {
        DiskPlan plan = plan(
                readyOn(P1, H1), List.of(pool(P1, 10, H1), pool(P2, 50, H1)), null, new DiskSpec(null, SIZE, null));
        assertThat(plan.disks()).extracting(Disk::poolId).containsExactly(P2);
    }

    @Test
    void refusalsNameTheField() {
        var pools = List.of(pool(P1, 10, H1), pool(P2, 10, H2));
        assertRefused("disks[0].imageId", image(ImageView.State.CHECKING, "qcow2"), pools, fromImage());
        assertRefused("disks[0].imageId", image(ImageView.State.READY, "iso"), pools, fromImage());
        assertRefused("disks[0].imageId", image(ImageView.State.READY, "ova"), pools, fromImage());
        assertRefused("disks[0].imageId", readyOn(P1, H1), pools, new DiskSpec(P1, null, null));
        assertRefused("disks[0].sizeBytes", readyOn(P1, H1), pools, new DiskSpec(IMAGE, SIZE - 512, null));
        assertRefused("disks[0].poolId", readyOn(P1, H1), pools, new DiskSpec(IMAGE, null, H1));
        assertRefused("disks[1].poolId", readyOn(P1, H1), pools, fromImage(), new DiskSpec(null, SIZE, P2));
    }

    private static void assertRefused(String field, ImageView image, List<PoolView> pools, DiskSpec... wishes) {
        assertThatThrownBy(() -> plan(image, pools, null, wishes))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", field));
    }

    @Test
    void whereNothingFitsThereIsNoRoom() {
        assertNoRoom("There is no storage pool", List.of(), null);
        assertNoRoom("No pool can be used for", List.of(pool(P2, 1)), null);
        assertNoRoom("on the chosen host", List.of(pool(P1, 1, H1)), H2);
    }

    private static void assertNoRoom(String sentence, List<PoolView> pools, @Nullable UUID host) {
        assertThatThrownBy(() -> plan(readyOn(P1, H1), pools, host, fromImage()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_CAPACITY))
                .hasMessageContaining(sentence);
    }
}
