package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.SnapshotTreeApi;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.storage.FoundSnapshotApi;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots of volumes that are parts of one of a whole VM. */
class VmSnapshotPartsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID vm = Uuid7.next();
    private List<UUID> volumes = List.of();

    @BeforeEach
    void create() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        volumes = List.of(
                storage.madeVolume(pool, "v1").id(),
                storage.madeVolume(pool, "v2").id());
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private StorageApi.VmDisksKept keep(UUID id, String name) {
        List<StorageApi.Snapshot> disks = volumes.stream()
                .map(volume -> new StorageApi.Snapshot(volume, Uuid7.next()))
                .toList();
        return storage.plane
                .bus()
                .request(
                        StorageApi.SNAPSHOT_VM,
                        new StorageApi.SnapshotVm(vm, hosts.one, id, name, disks, true, false),
                        TestControlPlane.caller());
    }

    private static StorageApi.Snapshot name(SnapshotView snapshot) {
        return new StorageApi.Snapshot(snapshot.volumeId(), snapshot.id());
    }

    @Test
    void areMadeAtOnceAndLeftToTheVmsOwn() {
        UUID id = Uuid7.next();
        StorageApi.VmDisksKept kept = keep(id, "before");
        assertThat(kept.stillness()).isEqualTo(Stillness.QUIESCED);
        assertThat(kept.disks()).hasSize(2).allSatisfy(disk -> {
            assertThat(disk.state()).isEqualTo(SnapshotView.State.READY);
            assertThat(disk.vmSnapshotId()).isEqualTo(id);
            assertThat(disk.sizeBytes()).isEqualTo(MIB);
        });
        StorageApi.Snapshot part = name(kept.disks().getFirst());
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.DELETE_SNAPSHOT, part));
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.REVERT_TO_SNAPSHOT, part));
        storage.plane.bus().request(StorageApi.DISCARD_SNAPSHOT, part, TestControlPlane.caller());
        assertThat(storage.snapshots(volumes.getFirst())).isEmpty();
    }

    @Test
    void areTheVolumesOwnOnceItHasLeftTheVm() {
        UUID volume = volumes.getFirst();
        keep(Uuid7.next(), "before");
        storage.madeSnapshot(volume, "before");
        storage.plane
                .bus()
                .request(StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(volume, vm), TestControlPlane.caller());
        List<SnapshotView> left = storage.snapshots(volume);
        assertThat(left).extracting(SnapshotView::vmSnapshotId).containsOnlyNulls();
        assertThat(left).extracting(SnapshotView::name).contains("before").doesNotHaveDuplicates();
        left.forEach(snapshot -> storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name(snapshot))));
        assertThat(storage.snapshots(volume)).isEmpty();
    }

    private FoundSnapshotApi.Found found(UUID vmSnapshotId, List<UUID> ids) {
        return new FoundSnapshotApi.Found(
                hosts.one,
                vmSnapshotId,
                "found-20261130-120000",
                List.of(
                        new StorageApi.Snapshot(volumes.getFirst(), ids.getFirst()),
                        new StorageApi.Snapshot(volumes.getLast(), ids.getLast())),
                Instant.parse("2026-11-30T12:00:00Z"));
    }

    private void onTheStorage(UUID volume, UUID id) {
        hosts.trees.put(
                volume, new SnapshotTreeApi.Tree(List.of(new SnapshotTreeApi.Node(id, null, 3 * MIB)), id, true));
    }

    @Test
    void areStoredWhereTheHostHasFoundThemAndNotOtherwise() {
        UUID vmSnapshot = Uuid7.next();
        List<UUID> ids = List.of(Uuid7.next(), Uuid7.next());
        onTheStorage(volumes.getFirst(), ids.getFirst());
        assertRefused(FailureCode.NOT_FOUND, () -> storage.ask(FoundSnapshotApi.STORE, found(vmSnapshot, ids)));
        assertThat(storage.snapshots(volumes.getFirst())).isEmpty();
        onTheStorage(volumes.getLast(), ids.getLast());
        FoundSnapshotApi.Stored stored = storage.ask(FoundSnapshotApi.STORE, found(vmSnapshot, ids));
        assertThat(storage.ask(FoundSnapshotApi.STORE, found(vmSnapshot, ids)).parts())
                .extracting(SnapshotView::id)
                .isEqualTo(ids);
        assertThat(stored.parts()).extracting(SnapshotView::id).isEqualTo(ids);
        assertThat(storage.snapshots(volumes.getLast())).singleElement().satisfies(part -> {
            assertThat(part.state()).isEqualTo(SnapshotView.State.READY);
            assertThat(part.vmSnapshotId()).isEqualTo(vmSnapshot);
            assertThat(part.sizeBytes()).isEqualTo(3 * MIB);
            assertThat(part.createdAt()).isEqualTo(Instant.parse("2026-11-30T12:00:00Z"));
        });
    }
}
