package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Takeovers;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of others that become volumes where they are, and are others' again with every byte. */
class TakeoverIT extends ChainBench {
    private final Path file;
    private final UUID taken = UUID.randomUUID();

    TakeoverIT(@TempDir Path scratch) throws IOException {
        super(scratch);
        this.file = scratch.resolve("web.qcow2");
    }

    @BeforeEach
    void make() {
        make(file, "8M");
        writeTo(file.toString(), 0, 5);
    }

    private void make(Path path, String... more) {
        tool.run(CommandLine.of("qemu-img", "create", "-q", "-f", "qcow2", path.toString())
                .with(more));
    }

    private Takeovers takeovers() {
        return pool.takeovers().orElseThrow();
    }

    @Test
    void comesAndGoesByASecondName() throws IOException {
        assertThat(takeovers().reaches(file)).isTrue();
        assertThat(takeovers().reaches(Path.of("/proc/version"))).isFalse();
        Volume volume = takeovers().take(file, taken, VolumeFormat.QCOW2);
        assertThat(takeovers().take(file, taken, VolumeFormat.QCOW2)).isEqualTo(volume);
        assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
        assertThat(Files.isSameFile(Path.of(volume.path()), file)).isTrue();
        refuses(Reason.CONFLICT, () -> takeovers().take(file, UUID.randomUUID(), VolumeFormat.QCOW2));
        takeovers().letGo(taken);
        takeovers().letGo(taken);
        assertThat(pool.volumes().find(taken)).isEmpty();
        assertBlock(new QemuLocation(file.toString(), VolumeFormat.QCOW2), 0, 5);
    }

    @Test
    void theLastNameOfAFileStaysAndIsFoundAgain() throws IOException {
        Volume volume = takeovers().take(file, taken, VolumeFormat.QCOW2);
        Files.delete(file);
        takeovers().letGo(taken);
        Path last = Path.of(volume.path());
        assertThat(last).exists();
        reopen();
        assertThat(takeovers().named(last)).contains(taken);
        assertThat(takeovers().take(last, taken, VolumeFormat.QCOW2).path()).isEqualTo(volume.path());
        pool.volumes().delete(taken, SnapshotsOfIt.KEEP);
        assertThat(last).doesNotExist();
    }

    @Test
    void aNameThatAVolumeHasBesideItsOwnIsNotAdoptedOnceMore() throws IOException {
        Path inside = root.resolve("volumes/web.qcow2");
        Files.move(file, inside);
        assertThat(pool.volumes().unmanaged()).extracting(UnmanagedVolume::name).containsExactly("web.qcow2");
        takeovers().take(inside, taken, VolumeFormat.QCOW2);
        assertThat(pool.volumes().unmanaged()).isEmpty();
        refuses(Reason.NOT_FOUND, () -> pool.volumes().adopt("web.qcow2", UUID.randomUUID()));
    }

    @Test
    void whatNeedsOtherFilesOrIsSomethingElseIsRefused() throws IOException {
        Path over = file.resolveSibling("over.qcow2");
        make(over, "-b", file.toString(), "-F", "qcow2");
        assertThat(takeovers().obstacles(over, VolumeFormat.QCOW2))
                .singleElement()
                .asString()
                .contains("blockpull");
        refuses(Reason.CONFLICT, () -> takeovers().take(over, taken, VolumeFormat.QCOW2));
        tool.run(CommandLine.of("qemu-img", "snapshot", "-c", "before", file.toString()));
        assertThat(takeovers().obstacles(file, VolumeFormat.QCOW2))
                .singleElement()
                .asString()
                .contains("snapshots in it");
        Path raw = Files.writeString(file.resolveSibling("disk.img"), "no qcow2");
        assertThat(takeovers().obstacles(raw, VolumeFormat.QCOW2))
                .singleElement()
                .asString()
                .contains("not qcow2, as its definition says");
        Path link = Files.createSymbolicLink(file.resolveSibling("link.img"), raw);
        refuses(Reason.CONFLICT, () -> takeovers().take(link, taken, VolumeFormat.RAW));
        assertThat(files()).containsExactly(id + ".qcow2");
    }
}
