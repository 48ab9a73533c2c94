package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a volume that a domain has open, which goes over to other files and merges them itself. */
class ChainOverlaysIT extends ChainBench {
    ChainOverlaysIT(@TempDir Path scratch) throws IOException {
        super(scratch);
    }

    @Test
    void anOverlayThatADomainNeverTookIsRemoved() throws IOException {
        UUID snapshot = UUID.randomUUID();
        Overlays.Change change = overlays().prepare(id, snapshot).orElseThrow();
        assertThat(pool.volumes().sources(id)).contains(change.from(), change.to());
        refuses(Reason.CONFLICT, () -> pool.volumes().grow(id, 16 * MIB));
        refuses(Reason.CONFLICT, () -> overlays().prepare(id, UUID.randomUUID()));
        reopen();
        assertThat(overlays().settle(id, change.from(), true).source()).isEqualTo(change.from());
        assertThat(pool.snapshots().list(id)).isEmpty();
        assertThat(files()).containsExactly(id + ".qcow2");
        overlays().prepare(id, snapshot);
        overlays().abandon(id, snapshot);
        overlays().abandon(id, snapshot);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    @Test
    void anOverlayThatADomainTookIsKept() throws IOException {
        for (boolean defined : List.of(true, false)) {
            UUID snapshot = UUID.randomUUID();
            write(0, 1);
            Overlays.Change change = overlays().prepare(id, snapshot).orElseThrow();
            reopen();
            assertThat(overlays()
                            .settle(id, defined ? change.to() : null, defined)
                            .source())
                    .isEqualTo(change.to());
            write(0, 2);
            assertThat(overlays().prepare(id, snapshot)).isEmpty();
            assertThat(overlays().switched(id, snapshot).id()).isEqualTo(snapshot);
            assertBlock(pool.snapshots().location(id, snapshot), 0, 1);
            pool.snapshots().delete(id, snapshot);
        }
    }

    @Test
    void aDomainMergesFromTheMiddleAndFromTheTop() throws IOException {
        write(0, 1);
        UUID older = snapshot();
        write(0, 2);
        UUID newer = snapshot();
        write(1, 3);
        Overlays.Merge middle = overlays().merge(id, older).orElseThrow();
        assertThat(middle.active()).isFalse();
        assertThat(overlays().merge(id, older)).contains(middle);
        asADomainMerges(middle);
        assertThat(overlays().merge(id, older)).isEmpty();
        assertBlock(pool.snapshots().location(id, newer), 0, 2);
        Overlays.Merge top = overlays().merge(id, newer).orElseThrow();
        assertThat(top.active()).isTrue();
        refuses(Reason.CONFLICT, () -> pool.snapshots().create(id, UUID.randomUUID()));
        asADomainMerges(top);
        assertThat(overlays().merge(id, newer)).isEmpty();
        assertBlock(pool.volumes().location(id), 0, 2);
        assertBlock(pool.volumes().location(id), 1, 3);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    @Test
    void whatADomainWroteAfterItWentOverIsNotMergedOver() throws IOException {
        write(0, 1);
        UUID snapshot = snapshot();
        write(0, 2);
        Overlays.Merge merge = overlays().merge(id, snapshot).orElseThrow();
        tool.run(CommandLine.of("qemu-img", "commit", "-q", "-d", merge.top().label()));
        writeTo(merge.base().label(), 0, 3);
        reopen();
        refuses(Reason.CONFLICT, () -> pool.snapshots().delete(id, snapshot));
        refuses(Reason.CONFLICT, () -> overlays().settle(id, null, false));
        assertThat(overlays().settle(id, merge.base(), false).source()).isEqualTo(merge.base());
        pool.snapshots().delete(id, snapshot);
        assertBlock(pool.volumes().location(id), 0, 3);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    @Test
    void aMergeWhoseDomainDiedIsDoneWithoutIt() throws IOException {
        write(0, 1);
        UUID snapshot = snapshot();
        write(0, 2);
        Overlays.Merge merge = overlays().merge(id, snapshot).orElseThrow();
        reopen();
        overlays().settle(id, merge.top(), false);
        pool.snapshots().delete(id, snapshot);
        assertBlock(pool.volumes().location(id), 0, 2);
        assertThat(files()).containsExactly(id + ".qcow2");
    }

    /** The files above the merged one name the lower one afterwards, as QEMU writes it. */
    private void asADomainMerges(Overlays.Merge merge) {
        tool.run(CommandLine.of("qemu-img", "commit", "-q", "-d", merge.top().label()));
        if (!merge.active()) {
            String current = pool.volumes().location(id).name();
            tool.run(CommandLine.of(
                    "qemu-img",
                    "rebase",
                    "-u",
                    "-F",
                    "qcow2",
                    "-b",
                    merge.base().label(),
                    current));
        }
        overlays().merged(id, merge);
    }
}
