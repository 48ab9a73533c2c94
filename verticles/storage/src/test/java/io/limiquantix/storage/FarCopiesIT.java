package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.Eventually;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that are copied between pools that no host reaches both of. */
class FarCopiesIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID near = storage.createPool("near", hosts.one).id();
    private final UUID far = storage.createPool("far", hosts.two).id();
    private final UUID source = storage.madeVolume(near, "source").id();

    @AfterEach
    void stop() {
        storage.close();
    }

    private TaskRef copy(UUID volume, @Nullable UUID snapshot, UUID pool, @Nullable UUID host, @Nullable Long bytes) {
        return storage.ask(
                StorageApi.CREATE_VOLUME,
                new StorageApi.CreateVolume(
                        pool,
                        host,
                        "copy",
                        bytes,
                        new VolumeOrigin(null, volume, snapshot),
                        false,
                        Preallocation.THIN));
    }

    private TaskRef copy() {
        return copy(source, null, far, null, null);
    }

    private TaskView task(TaskRef ref) {
        return storage.ask(TaskApi.GET, new TaskApi.Get(ref.taskId()));
    }

    private void assertNothingIsLeft() {
        assertThat(storage.volumes()).extracting(VolumeView::name).containsExactly("source");
        assertThat(hosts.volumes).containsOnlyKeys(source);
        assertNothingOnTheWay();
    }

    private void assertNothingOnTheWay() {
        assertThat(hosts.transfers.exports).isEmpty();
        assertThat(hosts.transfers.images).isEmpty();
        assertThat(hosts.snapshots).isEmpty();
    }

    @Test
    void oneHostMakesAFileAndAnotherFetchesItAndMakesTheCopy() {
        TaskRef ref = copy(source, null, far, null, 3 * MIB);
        assertThat(storage.succeeded(ref).kind()).isEqualTo("volume.copy");
        VolumeView copy = storage.volume(ref.targetId());
        assertThat(copy.poolId()).isEqualTo(far);
        assertThat(copy.hostId()).isEqualTo(hosts.two);
        assertThat(copy.sizeBytes()).isEqualTo(3 * MIB);
        assertThat(copy.independent()).isTrue();
        assertThat(hosts.effects)
                .containsSubsequence(
                        "export 1", "fetch 2", "admit 2", "create volume 2", "delete image 2", "delete export 1")
                .doesNotContain("copy 1", "copy 2");
        assertThat(hosts.transfers.fetchRequests).allSatisfy(r -> {
            assertThat(r.hostId()).isEqualTo(hosts.one);
            assertThat(r.sha256()).isEqualTo(FakeTransfers.SHA256);
        });
        assertThat(hosts.creations.getLast().independent()).isTrue();
        assertThat(hosts.creations.getLast().origin().imageId()).isNotNull();
        assertNothingOnTheWay();
    }

    @Test
    void aVolumeGoesToAnotherHostsPlaceOfTheSamePool() {
        UUID both = storage.createPool("both").id();
        TaskRef made = storage.ask(StorageApi.CREATE_VOLUME, StorageProcess.empty(both, hosts.one, "here"));
        storage.succeeded(made);
        TaskRef ref = copy(made.targetId(), null, both, hosts.two, null);
        storage.succeeded(ref);
        assertThat(storage.volume(ref.targetId()).hostId()).isEqualTo(hosts.two);
        assertNothingOnTheWay();
    }

    @Test
    void whereThePoolIsAPlaceOfItsOwnOnSeveralHostsAPersonSaysWhich() {
        UUID both = storage.createPool("both").id();
        storage.succeeded(copy(source, null, both, hosts.two, null));
        assertThat(hosts.effects).contains("fetch 2", "create volume 2");
    }

    @Test
    void theSourceIsKeptAsItIsMeanwhileWhereItsPoolIsAbleToAndLetGoAfterwards() {
        hosts.sharing = true;
        UUID shared = storage.createPool("shared", hosts.one).id();
        UUID used = storage.madeVolume(shared, "used").id();
        storage.succeeded(copy(used, null, far, null, null));
        assertThat(hosts.effects)
                .containsSubsequence("create snapshot 1", "export 1", "create volume 2", "delete snapshot 1");
        assertThat(hosts.transfers.exportRequests)
                .allSatisfy(r -> assertThat(r.snapshotId()).isNotNull());
        assertNothingOnTheWay();
    }

    @Test
    void aSnapshotIsCopiedAsItIs() {
        SnapshotView snapshot = storage.madeSnapshot(source, "s1");
        storage.succeeded(copy(source, snapshot.id(), far, null, null));
        assertThat(hosts.transfers.exportRequests)
                .allSatisfy(r -> assertThat(r.snapshotId()).isEqualTo(snapshot.id()));
        assertThat(storage.snapshots(source)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"export 1, 21", "fetch 2, 60"})
    void aPersonSeesHowFarItIsAndEndsIt(String part, int progress) {
        hosts.transfers.neverWhole.add(part);
        TaskRef ref = copy();
        Eventually.holds(() -> task(ref).progress() == progress);
        assertThat(storage.volume(ref.targetId()).state()).isEqualTo(VolumeView.State.CREATING);
        storage.ask(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()));
        assertThat(storage.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(hosts.effects).contains("end " + part);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export 1", "fetch 2", "admit 2", "create volume 2"})
    void whatAHostRefusesLeavesNothing(String part) {
        hosts.faults.refuse(part, FailureCode.NO_CAPACITY, "The disk is full.");
        TaskView task = storage.failed(copy());
        assertThat(String.valueOf(task.failure())).contains("The disk is full.");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export 1", "fetch 2", "admit 2", "create volume 2", "delete image 2", "delete export 1"})
    void aHostThatDiesIsAskedAgainWhenItIsBack(String part) {
        hosts.faults.refuse(part, FailureCode.UNAVAILABLE, "Nobody answers.");
        hosts.faults.loseAnswer(part);
        storage.succeeded(copy());
        assertThat(hosts.effects).containsOnlyOnce(part);
        assertThat(hosts.faults.operations(part))
                .hasSize(3)
                .containsOnly(hosts.faults.operations(part).getFirst());
        assertNothingOnTheWay();
    }

    @Test
    void aSourceHostThatIsAwayWhileTheCopyIsTakenBackIsWaitedFor() {
        hosts.faults.refuse("fetch 2", FailureCode.STORAGE, "The file was damaged on the way.");
        hosts.faults.refuse("end export 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        hosts.faults.refuse("delete export 1", FailureCode.TIMEOUT, "Nobody answers.");
        storage.failed(copy());
        assertNothingIsLeft();
    }

    @Test
    void whatCannotBeKeptAsItIsIsNotCopiedAndItsNameIsFree() {
        hosts.sharing = true;
        UUID shared = storage.createPool("shared", hosts.one).id();
        UUID used = storage.madeVolume(shared, "used").id();
        hosts.faults.refuse("create snapshot 1", FailureCode.STORAGE, "The cluster is full.");
        storage.failed(copy(used, null, far, null, null));
        assertThat(storage.volumes()).extracting(VolumeView::name).containsExactlyInAnyOrder("source", "used");
        storage.succeeded(copy(used, null, far, null, null));
    }

    @Test
    void whereNoHostReachesOneOfThePoolsItIsRefusedWithTheReason() {
        hosts.report(hosts.two, "The disk does not answer.");
        Eventually.holds(() -> storage.pool(far).hosts().stream()
                .noneMatch(host -> host.report().usable()));
        assertRefused(FailureCode.CONFLICT, this::copy);
        hosts.report(hosts.two, null);
        hosts.report(hosts.one, "The disk does not answer.");
        Eventually.holds(() -> storage.pool(near).hosts().stream()
                .noneMatch(host -> host.report().usable()));
        assertRefused(FailureCode.CONFLICT, this::copy);
        assertNothingIsLeft();
    }
}
