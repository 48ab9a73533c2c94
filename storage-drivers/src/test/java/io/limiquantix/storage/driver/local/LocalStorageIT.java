package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageContract;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.image.Qcow2Header;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract in a directory, and what is particular to directories. */
class LocalStorageIT extends StorageContract {
    /** Enough for a file to vanish in each of the moments between a look and the next. */
    private static final int FLICKERS = 100_000;

    LocalStorageIT(@TempDir Path scratch) {
        super(scratch);
    }

    @Override
    protected StoragePool openPool() throws IOException {
        // The temporary directory is closed to others, as a pool must not be.
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwx--x--x"));
        return open(scratch.resolve("pool").toString(), poolId);
    }

    private StoragePool open(String path, UUID id) {
        StorageDriver driver = ServiceLoader.load(StorageDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(d -> d.name().equals("local"))
                .findFirst()
                .orElseThrow();
        return driver.open(id, Map.of("path", path), surroundings);
    }

    @Test
    void refusesAPoolOfSomebodyElse() {
        refuses(Reason.CONFLICT, () -> open(scratch.resolve("pool").toString(), UUID.randomUUID()));
    }

    @Test
    void leavesADirectoryThatAnotherPoolHasTakenSince() throws IOException {
        String path = scratch.resolve("pool").toString();
        // As a host that shares the place would find it, which was not there when the pool was given up.
        Path marker = scratch.resolve("pool/.limiquantix-pool");
        StoragePool late = pool;
        Files.writeString(marker, UUID.randomUUID() + "\n");
        late.release();
        assertThat(marker).exists();
        assertThat(scratch.resolve("pool/volumes")).isDirectory();
        Files.writeString(marker, poolId + "\n");
        pool = open(path, poolId);
    }

    @Test
    void refusesTheDirectoryOfAPoolUnderAnotherPath() throws IOException {
        Path pool = scratch.resolve("pool");
        refuses(Reason.INVALID, () -> open(pool + "/", UUID.randomUUID()));
        refuses(Reason.INVALID, () -> open(pool + "/../pool", UUID.randomUUID()));
        Path bound = Files.createDirectory(scratch.resolve("bound"));
        tool.run(CommandLine.of("mount", "--bind", pool.toString(), bound.toString()));
        try {
            refuses(Reason.CONFLICT, () -> open(bound.toString(), UUID.randomUUID()));
        } finally {
            tool.run(CommandLine.of("umount", bound.toString()));
        }
    }

    @Test
    void refusesADirectoryThatIsNotEmpty() throws IOException {
        Path other = Files.createDirectory(scratch.resolve("other"));
        Files.createFile(other.resolve("photo.jpg"));
        refuses(Reason.CONFLICT, () -> open(other.toString(), poolId));
        assertThat(other).isDirectoryContaining("glob:**photo.jpg");
    }

    @Test
    void refusesWhatQemuCannotReach() throws IOException {
        Path closed = Files.createDirectory(scratch.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        refuses(Reason.INVALID, () -> open(closed.resolve("pool").toString(), poolId));
    }

    @Test
    void refusesASymbolicLinkAnywhereInThePath() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), scratch.resolve("pool"));
        refuses(Reason.INVALID, () -> open(link.toString(), poolId));
        refuses(Reason.INVALID, () -> open(link.resolve("below").toString(), poolId));
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        UUID id = UUID.randomUUID();
        Path root = scratch.resolve("pool");
        Files.writeString(root.resolve("volumes/." + id + ".qcow2.making"), "half a volume");
        Files.writeString(root.resolve("incoming/" + id + ".part.making"), "half an image");
        Files.writeString(root.resolve("seeds/." + id + ".iso.making"), "half a seed");
        pool.close();
        pool = openPool();
        assertThat(root.resolve("volumes")).isEmptyDirectory();
        assertThat(root.resolve("incoming")).isEmptyDirectory();
        assertThat(root.resolve("seeds")).isEmptyDirectory();
    }

    @Test
    void admitsAgainAfterAKillBetweenTheFactsAndTheImage() throws IOException {
        UUID id = arrived(new byte[512]);
        Files.writeString(
                scratch.resolve("pool/images/" + id + ".json"),
                "{\"id\":\"" + id + "\",\"format\":\"RAW\",\"sha256\":\"\",\"fileBytes\":1,\"virtualSizeBytes\":1}");
        assertThat(pool.images().find(id)).isEmpty();
        assertThat(pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE).virtualSizeBytes())
                .isEqualTo(512);
    }

    @Test
    void sumsUpAgainWhenTheChecksumIsMissing() throws IOException {
        UUID id = arrived(new byte[512]);
        Files.delete(scratch.resolve("pool/incoming/" + id + ".sha256"));
        assertThat(pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE).sha256())
                .isEqualTo("076a27c79e5ace2a3d47f9dd2e83e4ff6ea8872b3c2218f66c92b89b55f36560");
    }

    @Test
    void leavesImagesReadableAndVolumesAndSeedsToTheirOwner() throws IOException {
        var image = image(new byte[512]);
        Volume volume = volume(MIB, image.id());
        Path imageFile = scratch.resolve("pool/images/" + image.id() + ".raw");
        assertThat(mode(imageFile)).isEqualTo("r--r--r--");
        assertThat(mode(Path.of(volume.path()))).isEqualTo("rw-------");
        assertThat(mode(scratch.resolve("pool/volumes"))).isEqualTo("rwx--x--x");
        DiskSource seed = pool.seeds().store(UUID.randomUUID(), Files.createFile(scratch.resolve("iso")));
        assertThat(mode(Path.of(seed.label()))).isEqualTo("rw-------");
    }

    @Test
    void keepsTheBytesOfAnArrivalThatWasCompleted() throws IOException {
        UUID id = UUID.randomUUID();
        try (var arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            arrival.complete();
        }
        assertThat(Files.readAllBytes(scratch.resolve("pool/incoming/" + id))).containsExactly(1, 2, 3);
    }

    @Test
    void looksPastAVolumeThatVanishesMeanwhile() throws Exception {
        Volume made = volume(MIB, null);
        Path file = Path.of(made.path());
        Path kept = Files.move(file, scratch.resolve("kept.qcow2"));
        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<?> flickering = threads.submit(() -> flicker(file, kept));
            while (!flickering.isDone()) {
                assertThat(pool.volumes().find(made.id()))
                        .satisfiesAnyOf(
                                v -> assertThat(v).isEmpty(), v -> assertThat(v).contains(made));
                pool.volumes().list();
                pool.images().delete(UUID.randomUUID());
            }
            flickering.get();
        }
    }

    @Test
    void listsFilesMadeByHandAndAdoptsThem() throws IOException {
        Path volumes = scratch.resolve("pool/volumes");
        tool.run(CommandLine.of("qemu-img", "create", "-f", "qcow2", volumes + "/by hand.qcow2", "2M"));
        Files.write(volumes.resolve("disk.img"), new byte[1024]);
        Files.createSymbolicLink(volumes.resolve("link.qcow2"), Path.of("/etc/passwd"));
        Volume made = volume(MIB, null);
        assertThat(pool.volumes().unmanaged())
                .containsExactlyInAnyOrder(
                        new UnmanagedVolume("by hand.qcow2", VolumeFormat.QCOW2, 2 * MIB),
                        new UnmanagedVolume("disk.img", VolumeFormat.RAW, 1024));
        UUID id = UUID.randomUUID();
        Volume adopted = pool.volumes().adopt("by hand.qcow2", id);
        assertThat(pool.volumes().adopt("by hand.qcow2", id)).isEqualTo(adopted);
        assertThat(pool.volumes().list()).containsExactlyInAnyOrder(made, adopted);
        assertThat(mode(Path.of(adopted.path()))).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link.qcow2", "../seeds/x", "/etc/passwd", "..", "", "none"})
    void adoptsNothingElse(String name) throws IOException {
        Files.createSymbolicLink(scratch.resolve("pool/volumes/link.qcow2"), Path.of("/etc/passwd"));
        Files.writeString(scratch.resolve("pool/seeds/x"), "a seed");
        refuses(Reason.NOT_FOUND, () -> pool.volumes().adopt(name, UUID.randomUUID()));
    }

    @Test
    void adoptsNoFileThatMakesQemuReadAnother() {
        String file = scratch.resolve("pool/volumes/trap.qcow2").toString();
        tool.run(CommandLine.of(
                "qemu-img", "create", "-f", "qcow2", "-u", "-F", "raw", "-b", "/etc/passwd", file, "1M"));
        refuses(Reason.INVALID, () -> pool.volumes().adopt("trap.qcow2", UUID.randomUUID()));
        assertThat(Path.of(file)).exists();
    }

    @Test
    void refusesASnapshotOfARawFile() {
        Volume raw = pool.volumes().create(VolumeRequest.empty(UUID.randomUUID(), VolumeFormat.RAW, MIB));
        refuses(Reason.INVALID, () -> pool.snapshots().create(raw.id(), UUID.randomUUID()));
    }

    @Test
    void makesVolumesOfOneKindAsQemuImgMakesTheFirst() throws IOException {
        var image = image(new byte[512]);
        assertAlike(volume(3 * MIB, null), volume(3 * MIB, null));
        assertAlike(volume(2 * MIB, image.id()), volume(2 * MIB, image.id()));
        Volume ofAnotherImage = volume(2 * MIB, image(new byte[1024]).id());
        assertThat(backingFile(ofAnotherImage)).exists().hasSize(1024);
        tool.run(CommandLine.of("qemu-img", "check", "-f", "qcow2", ofAnotherImage.path()));
    }

    private static Path backingFile(Volume volume) throws IOException {
        Path file = Path.of(volume.path());
        return file.resolveSibling(String.valueOf(Qcow2Header.read(file).backingFile()));
    }

    private void assertAlike(Volume byQemuImg, Volume later) throws IOException {
        assertThat(Path.of(later.path())).hasSameBinaryContentAs(Path.of(byQemuImg.path()));
        assertThat(later.sizeBytes()).isEqualTo(byQemuImg.sizeBytes());
        assertThat(later.allocatedBytes()).isLessThanOrEqualTo(byQemuImg.allocatedBytes());
        tool.run(CommandLine.of("qemu-img", "check", "-f", "qcow2", later.path()));
    }

    /** Lets the file come and go, whole each time. */
    private static void flicker(Path file, Path kept) {
        try {
            for (int i = 0; i < FLICKERS; i++) {
                Files.createLink(file, kept);
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
