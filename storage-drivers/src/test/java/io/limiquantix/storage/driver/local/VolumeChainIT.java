package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.Snapshot;
import io.limiquantix.storage.driver.SnapshotTree;
import io.limiquantix.storage.driver.SnapshotTree.Node;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.qemu.ImageUser;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that consist of several files: what their snapshots hold, and that nothing is lost or left wherever it is cut off. */
class VolumeChainIT extends ChainBench {
    /** More than the commands of any one call. */
    private static final int MOST_COMMANDS = 8;

    VolumeChainIT(@TempDir Path scratch) throws IOException {
        super(scratch);
    }

    @Test
    void everySnapshotHoldsWhatItHeldWhicheverIsDeletedFirst() throws IOException {
        for (int first = 0; first < 3; first++) {
            for (int i = 0; i < 4; i++) {
                write(i, 0);
            }
            List<UUID> snapshots = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                write(i, i + 1);
                snapshots.add(snapshot());
            }
            write(3, 4);
            pool.snapshots().delete(id, snapshots.get(first));
            for (int i = 0; i < 3; i++) {
                if (i != first) {
                    assertHolds(pool.snapshots().location(id, snapshots.get(i)), i + 1);
                }
            }
            assertHolds(pool.volumes().location(id), 4);
            assertThat(files()).hasSize(4);
            snapshots.forEach(snapshot -> pool.snapshots().delete(id, snapshot));
            assertHolds(pool.volumes().location(id), 4);
            assertThat(files()).containsExactly(id + ".qcow2");
        }
    }

    @Test
    void aSnapshotThatTwoLaterStatesStandOnIsForgottenAndGoesWhenOneDoes() throws IOException {
        write(0, 1);
        UUID base = snapshot();
        write(0, 2);
        UUID later = snapshot();
        pool.snapshots().revert(id, base);
        write(0, 3);
        pool.snapshots().delete(id, base);
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::id).containsExactly(later);
        assertBlock(pool.snapshots().location(id, later), 0, 2);
        assertBlock(pool.volumes().location(id), 0, 3);
        pool.snapshots().revert(id, later);
        assertBlock(pool.volumes().location(id), 0, 2);
        pool.snapshots().delete(id, later);
        assertBlock(pool.volumes().location(id), 0, 2);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    @Test
    void saysWhatItsSnapshotsCameOfAndFromWhichItGoesOn() throws IOException {
        assertThat(pool.snapshots().tree(id)).isEqualTo(new SnapshotTree(List.of(), null, true));
        UUID base = snapshot();
        UUID left = snapshot();
        write(0, 1);
        UUID tip = snapshot();
        pool.snapshots().revert(id, base);
        assertThat(pool.snapshots().tree(id).currentId()).isEqualTo(base);
        UUID right = snapshot();
        assertThat(pool.snapshots().tree(id))
                .isEqualTo(new SnapshotTree(
                        List.of(
                                new Node(base, null, 8 * MIB),
                                new Node(left, base, 8 * MIB),
                                new Node(tip, left, 8 * MIB),
                                new Node(right, base, 8 * MIB)),
                        right,
                        true));
        pool.snapshots().delete(id, base);
        pool.snapshots().delete(id, left);
        assertThat(pool.snapshots().tree(id))
                .isEqualTo(new SnapshotTree(
                        List.of(new Node(tip, null, 8 * MIB), new Node(right, null, 8 * MIB)), right, true));
    }

    @Test
    void growsAndGoesBackToTheSizeOfThen() {
        UUID small = snapshot();
        pool.volumes().grow(id, 16 * MIB);
        UUID large = snapshot();
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::sizeBytes).containsExactly(8 * MIB, 16 * MIB);
        assertThat(pool.snapshots().revert(id, small).sizeBytes()).isEqualTo(8 * MIB);
        assertThat(pool.snapshots().revert(id, large).sizeBytes()).isEqualTo(16 * MIB);
        pool.snapshots().delete(id, small);
        pool.snapshots().delete(id, large);
        assertThat(pool.volumes().find(id)).map(Volume::sizeBytes).contains(16 * MIB);
    }

    @Test
    void countsAllOfItsFilesAndShowsNoneAsSomebodyElses() {
        write(0, 1);
        long before = pool.volumes().find(id).orElseThrow().allocatedBytes();
        snapshot();
        write(1, 1);
        assertThat(pool.volumes().find(id).orElseThrow().allocatedBytes()).isGreaterThan(before);
        assertThat(pool.volumes().list()).hasSize(1);
        assertThat(pool.volumes().unmanaged()).isEmpty();
        assertThat(pool.volumes().sources(id)).hasSize(2);
        assertThat(pool.volumes().sources(id))
                .allSatisfy(file -> assertThat(overlays().volumeOf(file)).contains(id));
    }

    @Test
    void clonesWhatItAndItsSnapshotsHoldWithoutDependingOnThem() throws IOException {
        write(0, 1);
        UUID snapshot = snapshot();
        write(0, 2);
        Volume then = clone(new VolumeOrigin.OfSnapshot(id, snapshot));
        Volume now = clone(new VolumeOrigin.OfVolume(id));
        pool.volumes().delete(id, SnapshotsOfIt.DELETE);
        assertBlock(pool.volumes().location(then.id()), 0, 1);
        assertBlock(pool.volumes().location(now.id()), 0, 2);
        assertThat(files()).hasSize(2);
    }

    private Volume clone(VolumeOrigin origin) {
        return pool.volumes().create(VolumeRequest.of(UUID.randomUUID(), VolumeFormat.QCOW2, 8 * MIB, origin));
    }

    @Test
    void snapshotsInsideTheFirstFileStayUsable() throws IOException {
        UUID inside = UUID.randomUUID();
        write(0, 1);
        tool.run(CommandLine.of("qemu-img", "snapshot", "-c", inside.toString(), root + "/volumes/" + id + ".qcow2"));
        write(0, 2);
        UUID outside = snapshot();
        write(0, 3);
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::id).containsExactly(inside, outside);
        refuses(Reason.CONFLICT, () -> pool.snapshots().revert(id, inside));
        refuses(Reason.CONFLICT, () -> overlays().merge(id, inside));
        assertBlock(
                pool.volumes()
                        .location(clone(new VolumeOrigin.OfSnapshot(id, inside)).id()),
                0,
                1);
        refuses(Reason.CONFLICT, () -> pool.volumes().delete(id, SnapshotsOfIt.KEEP));
        pool.snapshots().delete(id, outside);
        assertBlock(pool.volumes().location(id), 0, 3);
        pool.snapshots().revert(id, inside);
        assertBlock(pool.volumes().location(id), 0, 1);
        pool.snapshots().delete(id, inside);
        assertThat(pool.snapshots().list(id)).isEmpty();
    }

    @Test
    void leavesAVolumeAloneThatSomebodyWritesTo() throws IOException {
        UUID snapshot = snapshot();
        try (ImageUser writer = new ImageUser(pool.volumes().location(id))) {
            writer.write(0);
            refuses(Reason.CONFLICT, () -> pool.snapshots().create(id, UUID.randomUUID()));
            refuses(Reason.CONFLICT, () -> pool.snapshots().revert(id, snapshot));
            refuses(Reason.CONFLICT, () -> pool.snapshots().delete(id, snapshot));
        }
        assertThat(pool.snapshots().list(id)).extracting(Snapshot::id).containsExactly(snapshot);
    }

    @Test
    void whereverADeletionIsKilledTheNextOneEndsIt() throws IOException {
        for (int commands = 0; commands < MOST_COMMANDS; commands++) {
            write(0, 1);
            UUID older = snapshot();
            write(0, 2);
            UUID newer = snapshot();
            write(1, 3);
            killedAfter(commands, () -> pool.snapshots().delete(id, older));
            assertBlock(pool.snapshots().location(id, newer), 0, 2);
            assertBlock(pool.volumes().location(id), 1, 3);
            pool.snapshots().delete(id, older);
            assertBlock(pool.snapshots().location(id, newer), 0, 2);
            assertThat(files()).hasSize(3);
            killedAfter(commands, () -> pool.snapshots().delete(id, newer));
            pool.snapshots().delete(id, newer);
            assertBlock(pool.volumes().location(id), 0, 2);
            assertBlock(pool.volumes().location(id), 1, 3);
            assertThat(files()).containsExactly(id + ".qcow2");
        }
    }

    @Test
    void whereverASnapshotOrAReturnToItIsKilledTheNextOneEndsIt() throws IOException {
        for (int commands = 0; commands < 3; commands++) {
            write(0, 1);
            UUID snapshot = UUID.randomUUID();
            killedAfter(commands, () -> pool.snapshots().create(id, snapshot));
            pool.snapshots().create(id, snapshot);
            write(0, 2);
            killedAfter(commands, () -> pool.snapshots().revert(id, snapshot));
            pool.snapshots().revert(id, snapshot);
            assertBlock(pool.volumes().location(id), 0, 1);
            assertThat(files()).hasSize(3);
            pool.snapshots().delete(id, snapshot);
            assertThat(files()).containsExactly(id + ".qcow2");
        }
    }

    private void killedAfter(int commands, Runnable change) {
        commandsLeft = commands;
        try {
            change.run();
        } catch (Death _) {
            // Whoever asked for it never hears.
        }
        commandsLeft = Integer.MAX_VALUE;
        reopen();
    }

    @Test
    void aRawFileHasNone() {
        Volume raw = pool.volumes().create(VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, MIB));
        refuses(Reason.INVALID, () -> pool.snapshots().create(raw.id(), UUID.randomUUID()));
        refuses(Reason.INVALID, () -> overlays().prepare(raw.id(), UUID.randomUUID()));
        assertThat(overlays().settle(raw.id(), raw.source(), true)).isEqualTo(raw);
    }
}
