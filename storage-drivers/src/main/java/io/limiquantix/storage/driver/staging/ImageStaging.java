package io.limiquantix.storage.driver.staging;

import io.limiquantix.storage.driver.Appliance.DiskFile;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.image.ImageInspection;
import io.limiquantix.storage.driver.image.IsoReading;
import io.limiquantix.storage.driver.unpack.Unpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Images on their way into a pool: their bytes lie in a folder of this host until the pool has taken them. Callers see to it
 * that one operation at a time works on an image.
 */
public final class ImageStaging {
    /** Whoever sends the parts of an image may go on for so long after the last one. */
    private static final Duration PARTS_KEPT = Duration.ofDays(7);

    private static final Duration MAY_BE_ADMITTED = Duration.ofHours(1);

    private final Path folder;
    private final ImageInspection inspection;
    private final IsoReading isoReading;
    private final Unpacking unpacking;
    private final Set<UUID> arriving = ConcurrentHashMap.newKeySet();
    /** How far the sums of what came in parts are, so that it need not be read again. */
    private final Map<UUID, KeptArrival.Sum> sums = new ConcurrentHashMap<>();

    private ImageStaging(Path folder, StorageSurroundings surroundings) {
        this.folder = folder;
        this.inspection = new ImageInspection(surroundings.tool(), surroundings.imageLimits());
        this.isoReading = new IsoReading(surroundings.tool());
        this.unpacking = new Unpacking(surroundings);
    }

    /**
     * Makes the folder where it is missing, and removes what was left half done in it.
     *
     * @param abandoned how long nobody has written to what is nobody's any more
     */
    public static ImageStaging in(Path folder, Duration abandoned, StorageSurroundings surroundings)
            throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        DurableFiles.sweep(folder, abandoned);
        DurableFiles.sweep(folder, KeptBytes.FILE, PARTS_KEPT);
        DurableFiles.sweep(folder, KeptBytes.MARK, PARTS_KEPT);
        return new ImageStaging(folder, surroundings);
    }

    /** Begins to take an image's bytes. */
    @FunctionalInterface
    public interface Taking {
        ImageArrival begin(UUID id) throws IOException;
    }

    /** @throws StorageException {@code CONFLICT} when bytes of the image are arriving already */
    public ImageArrival receive(UUID id) throws IOException {
        if (!arriving.add(id)) {
            throw StorageException.conflict("The bytes of image " + id + " are arriving already.");
        }
        try {
            forget(id);
            return new StagedArrival(arrivedFile(id), sha256File(id), () -> arriving.remove(id));
        } catch (IOException | RuntimeException e) {
            arriving.remove(id);
            throw e;
        }
    }

    /**
     * Takes one more part of an image's bytes; what comes is kept when it is closed before all has come.
     *
     * @param offset how many bytes came before
     * @param length how many there are altogether
     * @throws StorageException {@code CONFLICT} when bytes of it are arriving already, or another number came before
     */
    public ImageArrival resume(UUID id, long offset, long length) throws IOException {
        if (!arriving.add(id)) {
            throw StorageException.conflict("The bytes of image " + id + " are arriving already.");
        }
        try {
            requireOffset(id, offset);
            return new KeptArrival(
                    kept(id), sum(id, offset), length, sum -> sums.put(id, sum), () -> arriving.remove(id));
        } catch (IOException | RuntimeException e) {
            arriving.remove(id);
            throw e;
        }
    }

    private void requireOffset(UUID id, long offset) throws IOException {
        long count = kept(id).count();
        if (count != offset || Files.isRegularFile(file(id))) {
            throw StorageException.conflict("Of the image " + id + " " + count
                    + " bytes have come, so the next part does not begin at " + offset + ".");
        }
    }

    private KeptArrival.Sum sum(UUID id, long offset) throws IOException {
        KeptArrival.Sum known = sums.remove(id);
        return known != null && known.bytes() == offset ? known : kept(id).sum(offset);
    }

    /** How many bytes of an image came in parts and are on the disk. */
    public long arrived(UUID id) {
        try {
            return kept(id).count();
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    /** @throws StorageException {@code CONFLICT} */
    public void refuseWhileArriving(UUID id) {
        if (arriving.contains(id)) {
            throw StorageException.conflict("The bytes of image " + id + " are arriving now.");
        }
    }

    private void requireArrived(UUID id) {
        if (arriving.contains(id) || !Files.isRegularFile(file(id))) {
            throw StorageException.notFound("The bytes of image " + id + " have not all arrived.");
        }
    }

    /** As {@link io.limiquantix.storage.driver.Images#isPacked}. */
    public boolean isPacked(UUID id, ArrivalFormat stated) {
        requireArrived(id);
        try {
            return unpacked(id).isThere() || Unpacking.isNeeded(FileSlice.whole(arrivedFile(id)), stated);
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    /** As {@link io.limiquantix.storage.driver.Images#unpack}. Nothing of the image can arrive meanwhile. */
    public Came unpack(UUID id, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent) {
        requireArrived(id);
        return alone(id, () -> unpacked(id).make(unpacking, stated, expected, percent));
    }

    /** As {@link io.limiquantix.storage.driver.Images#readAppliance}. Nothing of it can arrive meanwhile. */
    public ArrivedAppliance readAppliance(UUID id, ExpectedSums expected, DoubleConsumer percent) {
        requireArrived(id);
        return alone(id, () -> {
            try {
                return appliance(id).read(unpacking, expected, percent);
            } catch (StorageException e) {
                if (e.reason() == StorageException.Reason.INVALID) {
                    forget(id);
                }
                throw e;
            }
        });
    }

    /** As {@link io.limiquantix.storage.driver.Images#takeDisk}. Nothing of both can arrive meanwhile. */
    public Came takeDisk(UUID applianceId, int disk, UUID id, DoubleConsumer percent) {
        requireArrived(applianceId);
        return alone(
                applianceId,
                () -> alone(id, () -> {
                    StagedAppliance appliance = appliance(applianceId);
                    DiskFile file = appliance.disk(disk);
                    Came came = new Came(ArrivalFormat.VMDK, file.compression(), file.sha256(), file.bytes());
                    FileSlice bytes = FileSlice.member(appliance.archive(), file.offset(), file.bytes());
                    unpacked(id).make(bytes, came, unpacking, percent);
                    return came;
                }));
    }

    @FunctionalInterface
    private interface Work<R> {
        R run() throws IOException;
    }

    private <R> R alone(UUID id, Work<R> work) {
        if (!arriving.add(id)) {
            throw StorageException.conflict("The bytes of image " + id + " are being unpacked already.");
        }
        try {
            return work.run();
        } catch (IOException e) {
            throw StorageException.of("The image cannot be unpacked", e);
        } finally {
            arriving.remove(id);
        }
    }

    /** As {@link io.limiquantix.storage.driver.Images#label}. */
    public Optional<IsoLabel> label(UUID id) {
        try {
            Path file = file(id);
            return arriving.contains(id) || !Files.isRegularFile(file) ? Optional.empty() : isoReading.read(file);
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    /**
     * Checks what arrived, which then lies in {@link #file} until it is forgotten; what is refused is forgotten at once.
     *
     * @throws StorageException {@code INVALID} with the reason of the refusal, {@code NOT_FOUND} when nothing arrived
     */
    public Image check(UUID id, ImageFormat format, ExpectedSums expected) throws IOException {
        requireArrived(id);
        Path file = file(id);
        try {
            Path arrived = arrivedFile(id);
            String sha256 =
                    file.equals(arrived) ? StagedArrival.sha256(arrived, sha256File(id)) : Sum.SHA256.read(file);
            Sum.require(expected, sha256, file);
            long virtualBytes = inspection.inspect(file, format);
            return new Image(id, format, sha256, Files.size(file), virtualBytes);
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.INVALID) {
                forget(id);
            }
            throw e;
        }
    }

    /** Answers an admitted image again, unless the request is about another one. */
    public static Image same(Image image, ImageFormat format, ExpectedSums expected) {
        String sha256 = expected.sha256();
        if (image.format() != format || (sha256 != null && !sha256.equals(image.sha256()))) {
            throw StorageException.conflict("The image " + image.id() + " is complete already, and it is another one.");
        }
        return image;
    }

    public void forget(UUID id) throws IOException {
        unpacked(id).forget();
        appliance(id).forget();
        DurableFiles.delete(arrivedFile(id));
        DurableFiles.delete(sha256File(id));
        kept(id).forget();
        sums.remove(id);
    }

    /**
     * Whether bytes of an image arrive, or have arrived not long ago and may still be admitted; what lies there for longer
     * is what an interrupted admission left.
     */
    public boolean isAnyArriving() throws IOException {
        Instant recent = Instant.now().minus(MAY_BE_ADMITTED);
        for (Path file : files(folder)) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(recent)) {
                return true;
            }
        }
        return !arriving.isEmpty();
    }

    /** Removes the folder and whatever an interrupted admission left in it. */
    public void remove() throws IOException {
        for (Path file : files(folder)) {
            DurableFiles.delete(file);
        }
        Files.deleteIfExists(folder);
    }

    /** Where the bytes of an image lie that arrived, or what they were unpacked to. */
    public Path file(UUID id) {
        UnpackedArrival unpacked = unpacked(id);
        return unpacked.isThere() ? unpacked.file() : arrivedFile(id);
    }

    private Path arrivedFile(UUID id) {
        return folder.resolve(id.toString());
    }

    private UnpackedArrival unpacked(UUID id) {
        return new UnpackedArrival(arrivedFile(id), sha256File(id));
    }

    private StagedAppliance appliance(UUID id) {
        return new StagedAppliance(arrivedFile(id), sha256File(id), unpacked(id));
    }

    private KeptBytes kept(UUID id) {
        return new KeptBytes(arrivedFile(id), sha256File(id));
    }

    private Path sha256File(UUID id) {
        return folder.resolve(id + ".sha256");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
