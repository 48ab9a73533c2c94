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
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes that are copied into other pools. */
class CopiesIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID local = storage.createPool("local", hosts.one).id();
    private final UUID source = storage.madeVolume(local, "source").id();

    @AfterEach
    void stop() {
        storage.close();
    }

    private UUID sharedPool(String name, UUID... on) {
        hosts.sharing = true;
        return storage.createPool(name, on).id();
    }

    private TaskRef copy(UUID volume, @Nullable UUID snapshot, UUID pool) {
        return storage.ask(
                StorageApi.CREATE_VOLUME,
                new StorageApi.CreateVolume(
                        pool, null, "copy", null, new VolumeOrigin(null, volume, snapshot), false, Preallocation.THIN));
    }

    private TaskView task(TaskRef ref) {
        return storage.ask(TaskApi.GET, new TaskApi.Get(ref.taskId()));
    }

    @Test
    void aVolumeIsCopiedByAHostThatReachesBothPools() {
        UUID shared = sharedPool("shared", hosts.two, hosts.one);
        TaskRef ref = copy(source, null, shared);
        storage.succeeded(ref);
        VolumeView copy = storage.volume(ref.targetId());
        assertThat(copy.poolId()).isEqualTo(shared);
        assertThat(copy.format()).as("what the pool has").isEqualTo("raw");
        assertThat(copy.sizeBytes()).isEqualTo(MIB);
        assertThat(copy.independent()).isTrue();
        assertThat(hosts.effects).contains("copy 1").doesNotContain("create snapshot 1");
    }

    @Test
    void theSourceIsKeptAsItIsMeanwhileWhereItsPoolIsAbleToAndLetGoAfterwards() {
        UUID shared = sharedPool("shared", hosts.one);
        UUID other = sharedPool("other", hosts.one);
        UUID used = storage.madeVolume(shared, "used").id();
        storage.succeeded(copy(used, null, other));
        assertThat(hosts.effects).containsSubsequence("create snapshot 1", "copy 1", "delete snapshot 1");
        assertThat(hosts.copies.requests)
                .allSatisfy(r -> assertThat(r.sourceSnapshotId()).isNotNull());
        assertThat(hosts.snapshots).isEmpty();
        assertThat(storage.snapshots(used)).isEmpty();
    }

    @Test
    void theHostOfTheVmKeepsTheSourceAsItIsWhicheverHostCopies() {
        UUID shared = sharedPool("shared", hosts.one, hosts.two);
        UUID other = sharedPool("other", hosts.one);
        VolumeView used = storage.provision(shared, null, Uuid7.next());
        hosts.vms.put(Objects.requireNonNull(used.vmId()), hosts.two);
        storage.succeeded(copy(used.id(), null, other));
        assertThat(hosts.effects).containsSubsequence("create snapshot 2", "copy 1", "delete snapshot 2");
    }

    @Test
    void aSnapshotIsCopiedAsItIs() {
        UUID other = sharedPool("other", hosts.one);
        SnapshotView snapshot = storage.madeSnapshot(source, "s1");
        storage.succeeded(copy(source, snapshot.id(), other));
        assertThat(hosts.copies.requests)
                .allSatisfy(r -> assertThat(r.sourceSnapshotId()).isEqualTo(snapshot.id()));
        assertThat(hosts.effects.stream().filter("create snapshot 1"::equals)).hasSize(1);
        assertThat(storage.snapshots(source)).hasSize(1);
    }

    @Test
    void aPersonSeesHowFarItIsAndEndsIt() {
        UUID shared = sharedPool("shared", hosts.one);
        UUID other = sharedPool("other", hosts.one);
        UUID used = storage.madeVolume(shared, "used").id();
        hosts.copies.working = true;
        TaskRef ref = copy(used, null, other);
        Eventually.holds(() -> task(ref).progress() == 50);
        assertThat(storage.volume(ref.targetId()).state()).isEqualTo(VolumeView.State.CREATING);
        storage.ask(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()));
        assertThat(storage.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertRefused(FailureCode.NOT_FOUND, () -> storage.volume(ref.targetId()));
        assertThat(hosts.effects).containsSubsequence("end copy 1", "delete snapshot 1");
        assertThat(hosts.snapshots).isEmpty();
    }

    @Test
    void aCopyThatWasCutOffWithItsHostBeginsAgain() {
        UUID shared = sharedPool("shared", hosts.one);
        hosts.faults.refuse("copy 1", FailureCode.UNAVAILABLE, "This host is stopping.");
        hosts.faults.loseAnswer("copy 1");
        TaskRef ref = copy(source, null, shared);
        storage.succeeded(ref);
        assertThat(hosts.effects).containsOnlyOnce("copy 1");
        assertThat(hosts.faults.operations("copy 1"))
                .hasSize(3)
                .containsOnly(hosts.faults.operations("copy 1").getFirst());
    }

    @Test
    void whatTheHostRefusesLeavesNothing() {
        UUID shared = sharedPool("shared", hosts.one);
        hosts.faults.refuse("copy 1", FailureCode.NO_CAPACITY, "The pool is full.");
        TaskView task = storage.failed(copy(source, null, shared));
        assertThat(String.valueOf(task.failure())).contains("The pool is full.");
        assertThat(storage.volumes()).extracting(VolumeView::id).containsExactly(source);
    }

    @Test
    void aCopyIntoNoPoolIsRefused() {
        var nowhere = UUID.randomUUID();
        assertRefused(FailureCode.INVALID, "poolId", () -> copy(source, null, nowhere));
        assertThat(storage.volumes()).hasSize(1);
    }

    @Test
    void aCopyWhoseSourceCannotBeKeptAsItIsLeavesNothing() {
        UUID shared = sharedPool("shared", hosts.one);
        UUID other = sharedPool("other", hosts.one);
        UUID used = storage.madeVolume(shared, "used").id();
        hosts.faults.refuse("create snapshot 1", FailureCode.STORAGE, "The cluster is full.");
        storage.failed(copy(used, null, other));
        assertThat(storage.volumes()).extracting(VolumeView::id).containsExactlyInAnyOrder(source, used);
    }

    @Test
    void theSameRequestAgainIsTheSameCopy() {
        UUID shared = sharedPool("shared", hosts.one);
        var caller = TestControlPlane.caller();
        var request = new StorageApi.CreateVolume(
                shared, null, "copy", null, new VolumeOrigin(null, source, null), false, Preallocation.THIN);
        TaskRef first = storage.plane.bus().request(StorageApi.CREATE_VOLUME, request, caller);
        storage.succeeded(first);
        storage.succeeded(storage.deleteVolume(source));
        assertThat(storage.plane.bus().request(StorageApi.CREATE_VOLUME, request, caller))
                .isEqualTo(first);
    }
}
