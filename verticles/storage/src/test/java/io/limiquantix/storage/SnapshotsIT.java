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
import io.limiquantix.runtime.id.Uuid7;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots of volumes, and volumes that begin as others. */
class SnapshotsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private UUID pool = Uuid7.next();
    private UUID volume = Uuid7.next();

    @BeforeEach
    void create() {
        pool = storage.createPool("p1", hosts.one).id();
        volume = storage.madeVolume(pool, "v1").id();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aSnapshotKeepsItsSizeAndTheVolumeGoesBackToIt() {
        SnapshotView snapshot = storage.madeSnapshot(volume, "before");
        assertThat(snapshot.state()).isEqualTo(SnapshotView.State.READY);
        assertThat(snapshot.sizeBytes()).isEqualTo(MIB);
        storage.succeeded(storage.resize(volume, 4 * MIB, null));
        storage.succeeded(storage.ask(StorageApi.REVERT_TO_SNAPSHOT, name(snapshot)));
        assertThat(storage.volume(volume).sizeBytes()).isEqualTo(MIB);
        assertThat(storage.volume(volume).snapshotCount()).isEqualTo(1);
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name(snapshot)));
        assertThat(storage.snapshots(volume)).isEmpty();
        assertThat(hosts.snapshots).isEmpty();
    }

    @Test
    void aDiskOfATemplateIsNeitherGrownNorBroughtBack() {
        VolumeView disk = storage.provision(pool, null, Uuid7.next());
        UUID vm = Objects.requireNonNull(disk.vmId());
        SnapshotView snapshot = storage.madeSnapshot(disk.id(), "before");
        hosts.vms.put(vm, hosts.one);
        hosts.templates.add(vm);
        var name = new StorageApi.Snapshot(disk.id(), snapshot.id());
        assertRefused(FailureCode.CONFLICT, () -> storage.resize(disk.id(), 4 * MIB, null));
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.REVERT_TO_SNAPSHOT, name));
        hosts.templates.clear();
        storage.succeeded(storage.resize(disk.id(), 4 * MIB, null));
    }

    @Test
    void theFileThatTheVolumeIsInNowIsShown() {
        String before = storage.volume(volume).path();
        SnapshotView snapshot = storage.madeSnapshot(volume, "s1");
        assertThat(storage.volume(volume).path()).isEqualTo(before + "." + snapshot.id());
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name(snapshot)));
        assertThat(storage.volume(volume).path()).isEqualTo(before);
    }

    @Test
    void snapshotsOfAVolumeHaveNamesOfTheirOwnAndAnOrder() {
        storage.madeSnapshot(volume, "one");
        storage.madeSnapshot(volume, "two");
        assertThat(storage.snapshots(volume)).extracting(SnapshotView::name).containsExactly("one", "two");
        var again = new StorageApi.CreateSnapshot(volume, "ONE");
        assertRefused(FailureCode.CONFLICT, "name", () -> storage.ask(StorageApi.CREATE_SNAPSHOT, again));
        UUID other = storage.madeVolume(pool, "v2").id();
        storage.madeSnapshot(other, "one");
    }

    @Test
    void whatTheHostRefusesLeavesNoSnapshot() {
        hosts.faults.refuse("create snapshot 1", FailureCode.CONFLICT, "A virtual machine runs with it.");
        storage.failed(storage.ask(StorageApi.CREATE_SNAPSHOT, new StorageApi.CreateSnapshot(volume, "s1")));
        assertThat(storage.snapshots(volume)).isEmpty();
        storage.madeSnapshot(volume, "s1");
    }

    @Test
    void aSnapshotThatIsNeededStays() {
        SnapshotView snapshot = storage.madeSnapshot(volume, "s1");
        hosts.neededSnapshots.add(snapshot.id());
        var task = storage.failed(storage.ask(StorageApi.DELETE_SNAPSHOT, name(snapshot)));
        assertThat(String.valueOf(task.failure())).contains("A volume depends on the snapshot.");
        assertThat(storage.snapshots(volume))
                .singleElement()
                .extracting(SnapshotView::state)
                .isEqualTo(SnapshotView.State.READY);
    }

    @Test
    void lostAnswersAreAskedForAgain() {
        hosts.faults.loseAnswer("create snapshot 1");
        SnapshotView snapshot = storage.madeSnapshot(volume, "s1");
        hosts.faults.loseAnswer("delete snapshot 1");
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name(snapshot)));
        assertThat(hosts.effects).containsOnlyOnce("create snapshot 1").containsOnlyOnce("delete snapshot 1");
    }

    @Test
    void aVolumeWithSnapshotsIsDeletedWithThemOnlyWhenThatIsSaid() {
        storage.madeSnapshot(volume, "s1");
        assertRefused(FailureCode.CONFLICT, () -> storage.deleteVolume(volume));
        var withThem = new StorageApi.DeleteVolume(volume, true);
        storage.succeeded(storage.ask(StorageApi.DELETE_VOLUME, withThem));
        assertRefused(FailureCode.NOT_FOUND, () -> storage.snapshots(volume));
    }

    @Test
    void aCopyIsOfTheSameSizeAndPlaceUnlessSomebodySaysOtherwise() {
        VolumeView copy = copy(new VolumeOrigin(null, volume, null), null, "copy");
        assertThat(copy.sizeBytes()).isEqualTo(MIB);
        assertThat(copy.poolId()).isEqualTo(pool);
        assertThat(copy.hostId()).isEqualTo(hosts.one);
        assertThat(copy.origin().volumeId()).isEqualTo(volume);
        SnapshotView snapshot = storage.madeSnapshot(volume, "s1");
        VolumeView larger = copy(new VolumeOrigin(null, volume, snapshot.id()), 8 * MIB, "larger");
        assertThat(larger.sizeBytes()).isEqualTo(8 * MIB);
        assertThat(larger.independent()).isFalse();
        storage.succeeded(storage.ask(StorageApi.MAKE_INDEPENDENT, new StorageApi.Volume(larger.id())));
        assertThat(storage.volume(larger.id()).independent()).isTrue();
    }

    @Test
    void aCopyOfWhatIsNotThereIsRefused() {
        var nothing = new VolumeOrigin(null, Uuid7.next(), null);
        assertRefused(FailureCode.NOT_FOUND, () -> copy(nothing, null, "copy"));
        var noSnapshot = new VolumeOrigin(null, volume, Uuid7.next());
        assertRefused(FailureCode.NOT_FOUND, () -> copy(noSnapshot, null, "copy"));
        var both = new VolumeOrigin(Uuid7.next(), volume, null);
        assertRefused(FailureCode.INVALID, "sourceVolumeId", () -> copy(both, null, "copy"));
    }

    private VolumeView copy(VolumeOrigin origin, @Nullable Long size, String name) {
        var request = new StorageApi.CreateVolume(null, null, name, size, origin, false, Preallocation.THIN);
        TaskRef ref = storage.ask(StorageApi.CREATE_VOLUME, request);
        storage.succeeded(ref);
        return storage.volume(ref.targetId());
    }

    private static StorageApi.Snapshot name(SnapshotView snapshot) {
        return new StorageApi.Snapshot(snapshot.volumeId(), snapshot.id());
    }
}
