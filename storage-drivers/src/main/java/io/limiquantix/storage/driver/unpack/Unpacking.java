package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.FileSignature;
import io.limiquantix.storage.driver.image.FileSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Unpacks and converts what arrived, file to file. Interrupting its thread ends it. */
public final class Unpacking {
    static final int MOST_SECONDS = 12 * 3600;
    static final Duration PATIENCE = Duration.ofSeconds(MOST_SECONDS);

    private static final String MODE = "rw-------";
    private static final double HALF = 0.5;
    private static final double FIFTY = 50;

    private final Decompression decompression;
    private final Conversion conversion;

    public Unpacking(StorageSurroundings surroundings) {
        this.decompression = new Decompression(
                surroundings.tool(), surroundings.imageLimits().maxFileBytes());
        this.conversion = new Conversion(surroundings.tool(), surroundings.imageLimits());
    }

    /** How the file is compressed; an ISO may begin with anything. */
    public static Optional<Compression> compression(FileSlice file, ArrivalFormat stated) throws IOException {
        return stated == ArrivalFormat.ISO && FileSignature.isIso9660(file)
                ? Optional.empty()
                : FileSignature.compression(file);
    }

    public static boolean isNeeded(FileSlice file, ArrivalFormat stated) throws IOException {
        return stated.isForeign() || compression(file, stated).isPresent();
    }

    /**
     * Makes {@code target}, or nothing; what it leaves aside is for the caller to delete.
     *
     * @param aside where an unpacked disk lies that is still to be converted
     * @param percent is told how far it has come, 0 to 100, by another thread
     * @throws StorageException {@code INVALID} when the file is to be refused, {@code NO_SPACE} before the pool is full
     */
    public void make(FileSlice arrived, ArrivalFormat stated, Path aside, Path target, DoubleConsumer percent)
            throws IOException {
        Optional<Compression> compression = compression(arrived, stated);
        if (compression.isEmpty()) {
            convert(arrived, stated, target, percent);
        } else if (stated.isForeign()) {
            decompress(arrived, compression.get(), stated, aside, done -> percent.accept(done * HALF));
            convert(FileSlice.whole(aside), stated, target, done -> percent.accept(FIFTY + done * HALF));
        } else {
            decompress(arrived, compression.get(), stated, target, percent);
        }
    }

    /**
     * Only unpacks.
     *
     * @param target is made, or made anew
     * @throws StorageException as {@link #make}
     */
    public void decompress(FileSlice packed, Compression how, Path target, DoubleConsumer percent) throws IOException {
        create(target);
        decompression.run(packed, how, target, percent);
    }

    /**
     * @param folder or a file in it
     * @param bytes that are about to be written there
     * @throws StorageException {@code NO_SPACE}
     */
    public void requireRoom(Path folder, long bytes) throws IOException {
        PoolRoom.of(folder).require(bytes);
    }

    private void decompress(
            FileSlice packed, Compression how, ArrivalFormat stated, Path target, DoubleConsumer percent)
            throws IOException {
        decompress(packed, how, target, percent);
        compression(FileSlice.whole(target), stated).ifPresent(again -> {
            throw StorageException.invalid(
                    "file",
                    "The file is compressed twice, with " + how.label() + " and inside of that with " + again.label()
                            + "; unpack it once before.");
        });
    }

    private void convert(FileSlice file, ArrivalFormat stated, Path target, DoubleConsumer percent) throws IOException {
        create(target);
        conversion.run(file, stated, target, percent);
    }

    private static void create(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    }
}
