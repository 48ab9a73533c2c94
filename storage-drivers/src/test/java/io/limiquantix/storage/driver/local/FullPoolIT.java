package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A pool whose file system has 4 MiB. */
@EnabledIf(value = "isRoot", disabledReason = "mounting a small file system needs root")
class FullPoolIT {
    private final ProcessTool tool = new ProcessTool();

    private final Path root;
    private final StoragePool pool;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    FullPoolIT(@TempDir Path scratch) throws IOException {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        root = Files.createDirectory(scratch.resolve("small"));
        tool.run(CommandLine.of("mount", "-t", "tmpfs", "-o", "size=4m,mode=0755", "none", root.toString()));
        pool = new LocalDriver()
                .open(
                        UUID.randomUUID(),
                        Map.of("path", root.toString()),
                        new StorageSurroundings(tool, ImageLimits.upTo(1L << 40), scratch));
    }

    @AfterEach
    void unmount() {
        tool.run(CommandLine.of("umount", root.toString()));
    }

    @Test
    void saysThatItIsFullAndForgetsTheImage() throws IOException {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            assertThatThrownBy(() -> {
                        while (arrival.bytesWritten() < 8 << 20) {
                            arrival.write(ByteBuffer.allocate(1 << 20));
                        }
                    })
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        }
        assertThat(root.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void saysThatItIsFullAndForgetsTheVolume() {
        UUID image = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(image)) {
            byte[] bytes = new byte[3 << 20];
            Arrays.fill(bytes, (byte) 7);
            arrival.write(ByteBuffer.wrap(bytes));
            arrival.complete();
        }
        pool.images().admit(image, ImageFormat.RAW, ExpectedSums.NONE);
        var request = VolumeRequest.of(UUID.randomUUID(), VolumeFormat.RAW, 3 << 20, new VolumeOrigin.OfImage(image));
        assertThatThrownBy(() -> pool.volumes().create(request))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        assertThat(root.resolve("volumes")).isEmptyDirectory();
    }
}
