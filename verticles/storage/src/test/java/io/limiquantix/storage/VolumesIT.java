package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumesIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID pool = storage.createPool("p1", hosts.one).id();

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aVolumeIsMadeByATaskAndShownAsTheHostConfirmedIt() {
        TaskRef ref = storage.createVolume(pool, "v1");
        TaskView task = storage.succeeded(ref);
        assertThat(task.kind()).isEqualTo("volume.create");
        assertThat(task.targetName()).isEqualTo("v1");
        VolumeView volume = storage.volume(ref.targetId());
        assertThat(volume.state()).isEqualTo(VolumeView.State.READY);
        assertThat(volume.path()).isEqualTo("/pool/" + volume.id());
        assertThat(volume.sizeBytes()).isEqualTo(MIB);
        assertThat(volume.allocatedBytes()).isEqualTo(4096);
        assertThat(volume.hostId()).isEqualTo(hosts.one);
        assertThat(storage.pool(pool).volumeCount()).isEqualTo(1);
        assertThat(storage.plane.changes()).contains("volume CREATED", "volume CHANGED");
    }

    @Test
    void whereAPoolIsOnSeveralHostsTheUserSaysWhich() {
        UUID both = storage.createPool("p2").id();
        assertRefused(FailureCode.INVALID, "hostId", () -> storage.createVolume(both, "v1"));
        var request = StorageProcess.empty(both, hosts.two, "v1");
        storage.succeeded(storage.plane.bus().request(StorageApi.CREATE_VOLUME, request, TestControlPlane.caller()));
        assertThat(hosts.effects).contains("create volume 2");
        assertRefused(FailureCode.INVALID, "poolId", () -> storage.createVolume(Uuid7.next(), "v1"));
    }

    @Test
    void aVolumeBeginsAsNoImageThatTheUserDoesNotSee() {
        var request = new StorageApi.CreateVolume(
                pool, null, "v1", null, VolumeOrigin.ofImage(Uuid7.next()), false, Preallocation.THIN);
        assertRefused(FailureCode.INVALID, "imageId", () -> storage.plane
                .bus()
                .request(StorageApi.CREATE_VOLUME, request, TestControlPlane.caller()));
        assertThat(storage.volumes()).isEmpty();
    }

    @Test
    void whatTheHostRefusesLeavesNothingAndTheNameIsFree() {
        hosts.faults.refuse("create volume 1", FailureCode.NO_CAPACITY, "The disk is full.");
        TaskView task = storage.failed(storage.createVolume(pool, "v1"));
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).isEqualTo("The disk is full.");
        assertThat(storage.volumes()).isEmpty();
        assertThat(hosts.volumes).isEmpty();
        storage.madeVolume(pool, "V1");
    }

    @Test
    void lostAnswersAreAskedForAgainAndTheVolumeIsMadeOnce() {
        hosts.faults.loseAnswer("create volume 1");
        hosts.faults.refuse("create volume 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        hosts.faults.loseAnswer("create volume 1");
        TaskView task = storage.succeeded(storage.createVolume(pool, "v1"));
        assertThat(task.log()).extracting(TaskView.LogLine::text).containsExactly("Waiting: No answer in time.");
        assertThat(hosts.effects).containsOnlyOnce("create volume 1");
        assertOneOperation("create volume 1", 4);
    }

    @Test
    void aVolumeThatWasBegunIsWaitedForWhileItsStorageIsAway() {
        hosts.faults.loseAnswer("create volume 1");
        hosts.faults.beforeAnswer = name -> {
            hosts.report(hosts.one, "The server does not answer.");
            Eventually.get(() -> storage.pool(pool).state(), state -> state == PoolView.State.UNAVAILABLE);
        };
        storage.succeeded(storage.createVolume(pool, "v1"));
        assertThat(storage.volumes()).hasSize(1);
    }

    private void assertOneOperation(String name, int requests) {
        assertThat(hosts.faults.operations(name)).hasSize(requests);
        assertThat(hosts.faults.operations(name).stream().distinct()).hasSize(1);
    }

    @Test
    void ofSeveralClientsWithOneNameOneGetsIt() {
        var outcomes = AtOnce.ask(6, i -> storage.createVolume(pool, i % 2 == 0 ? "v1" : "V1"));
        assertThat(AtOnce.results(outcomes)).hasSize(1);
        assertThat(AtOnce.failures(outcomes))
                .allSatisfy(e -> assertThat(e).hasMessageContaining("already holds a volume called"));
        storage.succeeded(AtOnce.results(outcomes).getFirst());
        assertThat(hosts.volumes).hasSize(1);
    }

    @Test
    void theSameRequestAtTheSameMomentIsOneTask() {
        Caller caller = TestControlPlane.caller();
        var created = AtOnce.ask(8, i -> storage.createVolume(pool, "v1", caller));
        assertThat(AtOnce.failures(created)).isEmpty();
        assertThat(AtOnce.results(created).stream().distinct()).hasSize(1);
        TaskRef ref = AtOnce.results(created).getFirst();
        storage.succeeded(ref);
        Caller deletion = TestControlPlane.caller();
        var deleted = AtOnce.ask(8, i -> storage.deleteVolume(ref.targetId(), deletion));
        assertThat(AtOnce.failures(deleted)).isEmpty();
        storage.succeeded(AtOnce.results(deleted).getFirst());
        assertThat(storage.deleteVolume(ref.targetId(), deletion))
                .isEqualTo(AtOnce.results(deleted).getFirst());
        assertThat(hosts.effects).containsOnlyOnce("delete volume 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a b", "ü", "a\u0000b", "TEN THOUSAND"})
    void aNameThatNobodyCouldTypeIsRefused(String name) {
        String text = name.startsWith("TEN") ? "x".repeat(10_000) : name;
        assertRefused(FailureCode.INVALID, "name", () -> storage.createVolume(pool, text));
        assertThat(storage.volumes()).isEmpty();
    }

    @Test
    void aVolumeGrowsOnceAndNeverShrinks() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.faults.loseAnswer("resize volume 1");
        storage.succeeded(storage.resize(volume.id(), 3 * MIB, volume.version()));
        assertThat(storage.volume(volume.id()).sizeBytes()).isEqualTo(3 * MIB);
        assertThat(hosts.effects).containsOnlyOnce("resize volume 1");
        assertOneOperation("resize volume 1", 2);
        assertRefused(FailureCode.INVALID, "sizeBytes", () -> storage.resize(volume.id(), MIB, null));
        assertRefused(FailureCode.STALE_VERSION, () -> storage.resize(volume.id(), 4 * MIB, volume.version()));
        assertThat(storage.volume(volume.id()).sizeBytes()).isEqualTo(3 * MIB);
    }

    @Test
    void aVolumeThatTheHostCannotGrowStaysAsItWas() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.faults.refuse("resize volume 1", FailureCode.NO_CAPACITY, "The disk is full.");
        storage.failed(storage.resize(volume.id(), 3 * MIB, null));
        assertThat(storage.volume(volume.id())).isEqualTo(volume);
        assertRefused(FailureCode.NOT_FOUND, () -> storage.resize(Uuid7.next(), 3 * MIB, null));
    }

    @Test
    void aDeletedVolumeIsGoneAndItsNameIsFree() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.faults.loseAnswer("delete volume 1");
        storage.succeeded(storage.deleteVolume(volume.id()));
        assertRefused(FailureCode.NOT_FOUND, () -> storage.volume(volume.id()));
        assertThat(hosts.volumes).isEmpty();
        assertOneOperation("delete volume 1", 2);
        assertThat(storage.plane.changes()).contains("volume DELETED");
        assertRefused(FailureCode.NOT_FOUND, () -> storage.deleteVolume(volume.id()));
        storage.madeVolume(pool, "v1");
    }

    @Test
    void aVolumeOfAVmCannotBeDeletedUntilTheVmLeavesIt() {
        UUID id = Uuid7.next();
        storage.provision(pool, null, id);
        assertThatThrownBy(() -> storage.deleteVolume(id)).hasMessageContaining("belongs to the VM");
        assertThat(storage.volume(id).state()).isEqualTo(VolumeView.State.READY);
        UUID vm = Objects.requireNonNull(storage.volume(id).vmId());
        storage.plane
                .bus()
                .request(StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(id, vm), TestControlPlane.caller());
        assertThat(storage.volume(id).vmId()).isNull();
        storage.succeeded(storage.deleteVolume(id));
    }

    /** Somebody may have attached it without LimiQuantix. */
    @Test
    void aVolumeThatARunningVmHasStaysUsable() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.busyVolumes.add(volume.id());
        TaskView task = storage.failed(storage.deleteVolume(volume.id()));
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).contains("a disk of a running virtual machine");
        assertThat(storage.volume(volume.id()).state()).isEqualTo(VolumeView.State.READY);
        storage.succeeded(storage.resize(volume.id(), 2 * MIB, null));
        hosts.busyVolumes.clear();
        storage.succeeded(storage.deleteVolume(volume.id()));
    }

    /** Nobody knows what is left of it: it can be deleted again and nothing else. */
    @Test
    void aVolumeWhoseDeletionBrokeOffCanOnlyBeDeletedAgain() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.faults.refuse("delete volume 1", FailureCode.STORAGE, "The disk does not answer.");
        storage.failed(storage.deleteVolume(volume.id()));
        assertThat(storage.volume(volume.id()).state()).isEqualTo(VolumeView.State.DELETING);
        assertRefused(FailureCode.CONFLICT, () -> storage.resize(volume.id(), 2 * MIB, null));
        assertRefused(FailureCode.CONFLICT, () -> storage.provision(pool, null, volume.id()));
        storage.succeeded(storage.deleteVolume(volume.id()));
        assertThat(storage.volumes()).isEmpty();
    }

    @Test
    void usesOfAnImageAreCounted() {
        UUID image = Uuid7.next();
        UUID volume = Uuid7.next();
        storage.provision(pool, image, volume);
        storage.madeVolume(pool, "other");
        assertThat(uses(image)).isEqualTo(1);
        assertThat(uses(Uuid7.next())).isZero();
        assertThat(usesAt(image, pool, hosts.one)).isEqualTo(1);
        assertThat(usesAt(image, pool, hosts.two)).isZero();
        assertThat(usesAt(image, Uuid7.next(), hosts.one)).isZero();
        assertThat(storage.ask(StorageApi.LIST_DEPENDENTS, new StorageApi.Image(image))
                        .volumes())
                .extracting(StorageApi.Dependent::volumeId)
                .containsExactly(volume);
        storage.plane
                .bus()
                .request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(volume), TestControlPlane.caller());
        assertThat(uses(image)).isZero();
    }

    private long usesAt(UUID image, UUID pool, UUID host) {
        return storage.ask(StorageApi.COUNT_USES_AT, new StorageApi.ImageAt(image, pool, host))
                .volumes();
    }

    private long uses(UUID image) {
        return storage.plane
                .bus()
                .request(StorageApi.COUNT_USES, new StorageApi.Image(image), TestControlPlane.caller())
                .volumes();
    }

    @Test
    void provisioningAndDiscardingTwiceIsDoneOnce() {
        UUID id = Uuid7.next();
        VolumeView volume = storage.provision(pool, null, id);
        assertThat(storage.provision(pool, null, id)).isEqualTo(volume);
        assertThat(hosts.faults.operations("create volume 1")).hasSize(1);
        for (int i = 0; i < 2; i++) {
            storage.plane
                    .bus()
                    .request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(id), TestControlPlane.caller());
        }
        assertThat(hosts.faults.operations("delete volume 1")).hasSize(1);
    }

    @Test
    void listsPageAndAreFiltered() {
        List<String> names = List.of("a", "b", "c");
        names.forEach(name -> storage.madeVolume(pool, name));
        var first = list(new Page(null, 2), pool);
        assertThat(first.items()).extracting(VolumeView::name).containsExactly("a", "b");
        var second = list(new Page(first.nextCursor(), 2), pool);
        assertThat(second.items()).extracting(VolumeView::name).containsExactly("c");
        assertThat(second.nextCursor()).isNull();
        assertThat(list(Page.FIRST, Uuid7.next()).items()).isEmpty();
        assertRefused(FailureCode.INVALID, "cursor", () -> list(new Page("'; drop table", 2), pool));
        assertThat(storage.pool(pool).volumeCount()).isEqualTo(3);
    }

    private StorageApi.Volumes list(Page page, UUID poolId) {
        var request = new StorageApi.ListVolumes(page, poolId, null);
        return storage.plane.bus().request(StorageApi.LIST_VOLUMES, request, TestControlPlane.caller());
    }
}
