package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that stand on a snapshot of another one: each goes its own way, and nothing goes that one of them needs. */
class LinkedVolumeIT extends ChainBench {
    LinkedVolumeIT(@TempDir Path scratch) throws IOException {
        super(scratch);
    }

    private Volume link(UUID snapshot) {
        return pool.volumes()
                .create(VolumeRequest.of(
                        UUID.randomUUID(),
                        VolumeFormat.QCOW2,
                        8 * MIB,
                        new VolumeOrigin.OfSnapshot(id, snapshot, true)));
    }

    private void assertHolds(Volume volume, int block, int pattern) {
        assertBlock(pool.volumes().location(volume.id()), block, pattern);
    }

    @Test
    void goesItsOwnWay() throws IOException {
        write(0, 1);
        UUID snapshot = snapshot();
        write(0, 2);
        Volume clone = link(snapshot);
        assertThat(clone.allocatedBytes()).isLessThan(MIB);
        assertHolds(clone, 0, 1);
        writeTo(pool.volumes().location(clone.id()).name(), 1, 7);
        assertHolds(clone, 1, 7);
        assertBlock(pool.volumes().location(id), 1, 0);
        assertBlock(pool.volumes().location(id), 0, 2);
        assertThat(pool.volumes().sources(clone.id())).hasSize(1);
        assertThat(pool.volumes().unmanaged()).isEmpty();
    }

    @Test
    void keepsWhatItStandsOn() {
        write(0, 1);
        UUID snapshot = snapshot();
        Volume clone = link(snapshot);
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::depended).containsExactly(true);
        refuses(Reason.CONFLICT, () -> pool.snapshots().delete(id, snapshot));
        refuses(Reason.CONFLICT, () -> overlays().merge(id, snapshot));
        refuses(Reason.CONFLICT, () -> pool.volumes().delete(id, SnapshotsOfIt.DELETE));
        reopen();
        assertHolds(clone, 0, 1);
        pool.volumes().delete(clone.id(), SnapshotsOfIt.KEEP);
        pool.snapshots().delete(id, snapshot);
        pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void otherSnapshotsComeAndGoBesideIt() throws IOException {
        write(0, 1);
        UUID before = snapshot();
        write(1, 2);
        UUID snapshot = snapshot();
        Volume clone = link(snapshot);
        write(2, 3);
        UUID after = snapshot();
        write(3, 4);
        pool.snapshots().delete(id, before);
        pool.snapshots().delete(id, after);
        assertHolds(clone, 0, 1);
        assertHolds(clone, 1, 2);
        assertHolds(clone, 2, 0);
        assertHolds(pool.volumes().location(id), 4);
        pool.snapshots().revert(id, snapshot);
        write(0, 9);
        assertHolds(clone, 0, 1);
        pool.volumes().delete(clone.id(), SnapshotsOfIt.KEEP);
        pool.snapshots().delete(id, snapshot);
        assertBlock(pool.volumes().location(id), 0, 9);
        assertBlock(pool.volumes().location(id), 1, 2);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    @Test
    void becomesIndependent() {
        write(0, 1);
        UUID snapshot = snapshot();
        Volume clone = link(snapshot);
        pool.volumes().makeIndependent(clone.id());
        pool.volumes().delete(id, SnapshotsOfIt.DELETE);
        assertHolds(clone, 0, 1);
    }

    @Test
    void oneStandsOnAnother() {
        write(0, 1);
        Volume first = link(snapshot());
        UUID ofFirst = pool.snapshots().create(first.id(), UUID.randomUUID()).id();
        Volume second = pool.volumes()
                .create(VolumeRequest.of(
                        UUID.randomUUID(),
                        VolumeFormat.QCOW2,
                        8 * MIB,
                        new VolumeOrigin.OfSnapshot(first.id(), ofFirst, true)));
        assertHolds(second, 0, 1);
        refuses(Reason.CONFLICT, () -> pool.volumes().delete(first.id(), SnapshotsOfIt.DELETE));
        pool.volumes().delete(second.id(), SnapshotsOfIt.KEEP);
        pool.volumes().delete(first.id(), SnapshotsOfIt.DELETE);
    }
}
