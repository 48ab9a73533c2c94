package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every driver does with snapshots and what is cloned from them. */
public abstract class SnapshotContract extends VolumeContract {
    protected SnapshotContract(Path scratch) {
        super(scratch);
    }

    @Test
    void keepsWhatAVolumeHeldAndBringsItBack() {
        Volume volume = snapshottable(8 * MIB);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        write(volume, 1);
        assertThat(pool.snapshots().create(volume.id(), first))
                .isEqualTo(new Snapshot(first, volume.id(), volume.sizeBytes(), false));
        write(volume, 2);
        pool.snapshots().create(volume.id(), second);
        pool.snapshots().create(volume.id(), second);
        write(volume, 3);
        assertThat(pool.snapshots().list(volume.id())).extracting(Snapshot::id).containsExactly(first, second);
        pool.snapshots().revert(volume.id(), second);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 2);
        pool.snapshots().revert(volume.id(), first);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 1);
        pool.snapshots().delete(volume.id(), first);
        pool.snapshots().delete(volume.id(), first);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 1);
        assertThat(pool.snapshots().list(volume.id())).extracting(Snapshot::id).containsExactly(second);
        refuses(Reason.NOT_FOUND, () -> pool.snapshots().revert(volume.id(), first));
        refuses(Reason.NOT_FOUND, () -> pool.snapshots().create(UUID.randomUUID(), first));
    }

    @Test
    void deletesASnapshotBetweenTwoOthersAndChangesNeither() {
        Volume volume = snapshottable(8 * MIB);
        List<UUID> snapshots = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        for (int i = 0; i < snapshots.size(); i++) {
            write(volume, i + 1);
            pool.snapshots().create(volume.id(), snapshots.get(i));
        }
        write(volume, 7);
        pool.snapshots().delete(volume.id(), snapshots.get(1));
        var first = new VolumeOrigin.OfSnapshot(volume.id(), snapshots.getFirst());
        var last = new VolumeOrigin.OfSnapshot(volume.id(), snapshots.getLast());
        assertThat(firstBytes(clone(volume.format(), first))[0]).isEqualTo((byte) 1);
        assertThat(firstBytes(clone(volume.format(), last))[0]).isEqualTo((byte) 3);
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 7);
    }

    @Test
    void saysWhichSnapshotsThereAreAndWhatEachTakesWhereItCan() {
        Volume volume = snapshottable(32 * MIB);
        UUID small = UUID.randomUUID();
        UUID large = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), small);
        write(volume, 2, 8 * MIB, 8 * MIB);
        pool.snapshots().create(volume.id(), large);
        SnapshotUse use = pool.snapshots().use(volume.id());
        assertThat(use.there()).containsExactlyInAnyOrder(small, large);
        SnapshotTree tree = pool.snapshots().tree(volume.id());
        assertThat(tree.nodes())
                .containsExactly(
                        new SnapshotTree.Node(small, null, volume.sizeBytes()),
                        new SnapshotTree.Node(large, small, volume.sizeBytes()));
        assertThat(tree.currentId()).isEqualTo(large);
        if (!use.bytes().isEmpty()) {
            assertThat(use.bytes()).containsOnlyKeys(small, large);
            assertThat(use.bytes().get(large)).isBetween(8 * MIB, 16 * MIB);
            assertThat(use.bytes().get(small)).isLessThan(8 * MIB);
        }
        boolean isChain = pool.snapshots().overlays().isPresent();
        assertThat(use.chainLength()).isEqualTo(isChain ? 3 : null);
        pool.snapshots().delete(volume.id(), large);
        assertThat(pool.snapshots().use(volume.id()).there()).containsExactly(small);
        assertThat(pool.snapshots().use(UUID.randomUUID())).isEqualTo(SnapshotUse.NONE);
    }

    @Test
    void bringsBackTheSizeOfTheSnapshot() {
        Volume volume = snapshottable(8 * MIB);
        UUID before = UUID.randomUUID();
        pool.snapshots().create(volume.id(), before);
        pool.volumes().grow(volume.id(), 16 * MIB);
        assertThat(pool.snapshots().list(volume.id()))
                .extracting(Snapshot::sizeBytes)
                .containsExactly(8 * MIB);
        assertThat(pool.snapshots().revert(volume.id(), before).sizeBytes()).isEqualTo(8 * MIB);
    }

    @Test
    void deletesAVolumeWithItsSnapshotsOnlyWhenToldTo() {
        Volume volume = snapshottable(8 * MIB);
        pool.snapshots().create(volume.id(), UUID.randomUUID());
        refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP));
        assertThat(pool.snapshots().list(volume.id())).hasSize(1);
        pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE);
        assertThat(pool.volumes().list()).isEmpty();
        assertThat(pool.snapshots().list(volume.id())).isEmpty();
    }

    @Test
    void clonesAVolumeAndASnapshot() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        write(volume, 2);
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            Volume now = clone(format, new VolumeOrigin.OfVolume(volume.id()));
            Volume then = clone(format, new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
            assertThat(firstBytes(now)[0]).isEqualTo((byte) 2);
            assertThat(firstBytes(then)[0]).isEqualTo((byte) 1);
            assertThat(pool.snapshots().list(now.id())).isEmpty();
            write(now, 7);
            write(then, 8);
        }
        assertThat(firstBytes(volume)[0]).isEqualTo((byte) 2);
        VolumeOrigin none = new VolumeOrigin.OfSnapshot(volume.id(), UUID.randomUUID());
        refuses(Reason.NOT_FOUND, () -> clone(anyFormat(), none));
        refuses(Reason.NOT_FOUND, () -> clone(anyFormat(), new VolumeOrigin.OfVolume(UUID.randomUUID())));
        var small = VolumeRequest.of(
                UUID.randomUUID(), anyFormat(), 4 * MIB, new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        refuses(Reason.INVALID, () -> pool.volumes().create(small));
    }

    @Test
    void clonesASnapshotOfAVolumeThatGrewSince() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        pool.volumes().grow(volume.id(), 16 * MIB);
        Volume then = clone(volume.format(), new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        assertThat(then.sizeBytes()).isEqualTo(8 * MIB);
        assertThat(firstBytes(then)[0]).isEqualTo((byte) 1);
    }

    @Test
    void keepsASnapshotThatACloneDependsOn() {
        Volume volume = snapshottable(8 * MIB);
        UUID snapshot = UUID.randomUUID();
        write(volume, 1);
        pool.snapshots().create(volume.id(), snapshot);
        Volume clone = clone(volume.format(), new VolumeOrigin.OfSnapshot(volume.id(), snapshot));
        if (pool.snapshots().list(volume.id()).getFirst().depended()) {
            refuses(Reason.CONFLICT, () -> pool.snapshots().delete(volume.id(), snapshot));
            refuses(Reason.CONFLICT, () -> pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE));
            pool.volumes().makeIndependent(clone.id());
        }
        pool.snapshots().delete(volume.id(), snapshot);
        pool.volumes().delete(volume.id(), SnapshotsOfIt.DELETE);
        assertThat(firstBytes(clone)[0]).isEqualTo((byte) 1);
    }

    private Volume clone(VolumeFormat format, VolumeOrigin origin) {
        return pool.volumes().create(VolumeRequest.of(UUID.randomUUID(), format, 8 * MIB, origin));
    }
}
