package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

/** A volume that consists of several files, and what is done to it. */
abstract class ChainBench {
    static final long MIB = 1 << 20;

    final ProcessTool tool = new ProcessTool();
    final Path root;
    private final StorageSurroundings surroundings;
    private final UUID poolId = UUID.randomUUID();
    final UUID id = UUID.randomUUID();
    int commandsLeft = Integer.MAX_VALUE;
    StoragePool pool;

    ChainBench(@TempDir Path scratch) throws IOException {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        this.root = scratch.resolve("pool");
        Tool dying = command -> {
            if (!command.words().contains("info") && commandsLeft-- <= 0) {
                throw new Death();
            }
            return tool.run(command);
        };
        this.surroundings = new StorageSurroundings(dying, ImageLimits.upTo(1L << 40), scratch.resolve("host"));
        this.pool = open();
        pool.volumes().create(VolumeRequest.empty(id, VolumeFormat.QCOW2, 8 * MIB));
    }

    /** What nobody would see who was killed. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private StoragePool open() {
        return new LocalDriver().open(poolId, Map.of("path", root.toString()), surroundings);
    }

    void reopen() {
        pool.close();
        pool = open();
    }

    Overlays overlays() {
        return pool.snapshots().overlays().orElseThrow();
    }

    UUID snapshot() {
        return pool.snapshots().create(id, UUID.randomUUID()).id();
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("volumes"))) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    void write(int block, int pattern) {
        writeTo(pool.volumes().location(id).name(), block, pattern);
    }

    void writeTo(String file, int block, int pattern) {
        tool.run(CommandLine.of("qemu-io", "-f", "qcow2", "-c", "write -P " + pattern + " " + block + "M 4096", file));
    }

    /** The blocks that were written one after the other, and none of those that came later. */
    void assertHolds(QemuLocation location, int blocks) {
        for (int i = 0; i < 4; i++) {
            assertBlock(location, i, i < blocks ? i + 1 : 0);
        }
    }

    void assertBlock(QemuLocation location, int block, int pattern) {
        String said = tool.run(CommandLine.of(
                "qemu-io", "-r", "-f", "qcow2", "-c", "read -P " + pattern + " " + block + "M 4096", location.name()));
        assertThat(said).doesNotContain("verification failed");
    }

    static void refuses(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }
}
