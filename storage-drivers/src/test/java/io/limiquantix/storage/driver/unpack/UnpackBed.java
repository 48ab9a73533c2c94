package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.local.LocalDriver;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A pool in a directory, and files for it that real tools made. */
final class UnpackBed {
    static final long LARGEST_DISK = 1L << 30;
    static final long DISK_BYTES = 40 << 20;

    private static final int MIB = 1 << 20;

    final ProcessTool tool = new ProcessTool();
    final Path scratch;
    final Path root;
    StoragePool pool;
    private final UUID poolId = UUID.randomUUID();
    private final Random random = new Random(11);

    UnpackBed(Path scratch) throws IOException {
        this(scratch, scratch.resolve("pool"));
    }

    UnpackBed(Path scratch, Path root) throws IOException {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        this.scratch = scratch;
        this.root = root;
        this.pool = openWith(tool);
    }

    StoragePool openWith(Tool with) {
        var surroundings = new StorageSurroundings(with, ImageLimits.upTo(LARGEST_DISK), scratch.resolve("host"));
        return new LocalDriver().open(poolId, Map.of("path", root.toString()), surroundings);
    }

    /** A disk with something at its beginning, its end, and places between. */
    Path raw() throws IOException {
        Path file = scratch.resolve("disk.raw");
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(DISK_BYTES);
            write(disk, 0, 70_000);
            write(disk, 5 * MIB + 4711, MIB);
            write(disk, 17 * MIB, 3);
            write(disk, DISK_BYTES - 4096, 4096);
        }
        return file;
    }

    private void write(RandomAccessFile disk, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        disk.seek(at);
        disk.write(bytes);
    }

    /** @param options of qemu-img, as in {@code subformat=fixed}; empty: none */
    Path as(String format, String options, Path raw) {
        Path file = scratch.resolve("disk." + format);
        CommandLine convert = CommandLine.of("qemu-img", "convert", "-q", "-f", "raw", "-O", format);
        tool.run((options.isEmpty() ? convert : convert.with("-o", options)).with(raw.toString(), file.toString()));
        return file;
    }

    /** @param by the tool, as in {@code gzip -9} */
    Path packed(String by, Path file) {
        Path packed = scratch.resolve(file.getFileName() + ".packed");
        sh(by + " -c < " + file + " > " + packed);
        return packed;
    }

    void sh(String command) {
        tool.run(CommandLine.of("sh", "-c", command));
    }

    UUID arrived(Path file) throws IOException {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id);
                InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[MIB];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                arrival.write(ByteBuffer.wrap(piece, 0, read));
            }
            arrival.complete();
        }
        return id;
    }

    Came unpack(UUID id, ArrivalFormat stated) {
        return pool.images().unpack(id, stated, ExpectedSums.NONE, percent -> {});
    }

    /** As the platform takes a file whose makers say that it is of this format. */
    Image taken(Path file, ArrivalFormat stated) throws IOException {
        UUID id = arrived(file);
        if (pool.images().isPacked(id, stated)) {
            unpack(id, stated);
        }
        return pool.images().admit(id, stated.becomes(), ExpectedSums.NONE);
    }

    Path file(Image image) {
        return root.resolve("images/" + image.id() + "." + image.format().label());
    }

    /** Whether a guest reads the same from both. */
    void assertSame(Path raw, Image image) {
        String read = tool.run(CommandLine.of("qemu-img", "compare", "-f", "raw", "-F")
                .with(
                        image.format().diskFormat().label(),
                        raw.toString(),
                        file(image).toString()));
        assertThat(read).contains("Images are identical");
    }

    void refused(Path file, ArrivalFormat stated, String why) throws IOException {
        refused(file, stated, Reason.INVALID, why);
        assertNothingLeft();
    }

    void refused(Path file, ArrivalFormat stated, Reason reason, String why) {
        assertThatThrownBy(() -> taken(file, stated))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageContaining(why)
                .hasMessageNotContaining(root.toString());
    }

    void assertNothingLeft() throws IOException {
        assertThat(incoming()).isEmpty();
        assertThat(root.resolve("images")).isEmptyDirectory();
    }

    Stream<String> incoming() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("incoming"))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        }
    }
}
