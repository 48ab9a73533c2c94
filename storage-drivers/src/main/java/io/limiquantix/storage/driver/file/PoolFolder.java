package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where things lie in a pool's directory. The marker file says whose it is; the folders can be passed and not listed by
 * others, since QEMU's user has to reach the files in them.
 */
record PoolFolder(Path root) {
    /** How the name of a file ends that says which files a volume consists of. */
    static final String CHAIN = "chain";

    private static final String MARKER = ".limiquantix-pool";
    private static final String FOLDER_MODE = "rwx--x--x";

    /**
     * Makes the directory this pool's, or finds that it is.
     *
     * @param abandoned how long nobody has written to what is nobody's any more
     */
    static PoolFolder claim(Path root, UUID poolId, Duration abandoned) throws IOException {
        PoolFolder folder = new PoolFolder(root);
        if (!Files.exists(folder.marker())) {
            folder.refuseContents();
            Path aside = DurableFiles.unfinished(folder.marker());
            Files.write(aside, (poolId + "\n").getBytes(StandardCharsets.US_ASCII));
            DurableFiles.publishNew(aside, folder.marker());
        }
        // Another host may have been faster, for this pool or for another one.
        folder.refuseForeignMarker(poolId);
        folder.makeFolders();
        for (Path each : List.of(root, folder.volumes(), folder.images(), folder.seeds())) {
            DurableFiles.sweep(each, abandoned);
        }
        return folder;
    }

    /** Empty while nobody has marked the directory. */
    Optional<String> owner() throws IOException {
        return Files.exists(marker()) ? Optional.of(Files.readString(marker()).strip()) : Optional.empty();
    }

    private void refuseForeignMarker(UUID poolId) throws IOException {
        String owner = Files.readString(marker()).strip();
        if (!owner.equals(poolId.toString())) {
            throw StorageException.conflict(root + " belongs to another pool, " + owner + ".");
        }
    }

    private void refuseContents() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            // A file system of its own brings lost+found; a marker half written is ours.
            boolean foreign = entries.map(e -> e.getFileName().toString())
                    .anyMatch(n -> !n.equals("lost+found")
                            && !n.equals(MARKER)
                            && !(n.startsWith("." + MARKER) && n.endsWith(DurableFiles.UNFINISHED)));
            if (foreign) {
                throw StorageException.conflict(root + " is not empty; a new pool needs an empty directory.");
            }
        }
    }

    private void makeFolders() throws IOException {
        for (Path folder : List.of(volumes(), images(), seeds())) {
            makeFolder(folder, FOLDER_MODE);
        }
    }

    private static void makeFolder(Path folder, String mode) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /** Gives the directory back; what an interrupted admission left is removed, a volume or a seed is not. */
    void release() throws IOException {
        for (Path file : files(images())) {
            DurableFiles.delete(file);
        }
        for (Path folder : List.of(volumes(), images(), seeds())) {
            Files.deleteIfExists(folder);
        }
        DurableFiles.delete(marker());
    }

    static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(found::add);
        }
        return found;
    }

    private Path marker() {
        return root.resolve(MARKER);
    }

    Path volumes() {
        return root.resolve("volumes");
    }

    Path images() {
        return root.resolve("images");
    }

    Path seeds() {
        return root.resolve("seeds");
    }

    Path incoming() {
        return root.resolve("incoming");
    }

    Path volume(UUID id, VolumeFormat format) {
        return volumes().resolve(id + "." + format.label());
    }

    /** Says which files a volume consists of. */
    Path chain(UUID id) {
        return volumes().resolve(id + "." + CHAIN);
    }

    /** A file over another one of the volume. */
    Path overlay(UUID id, UUID distinct) {
        return volumes().resolve(id + "." + distinct + ".qcow2");
    }

    Path image(UUID id, ImageFormat format) {
        return images().resolve(id + "." + format.label());
    }

    Path imageFacts(UUID id) {
        return images().resolve(id + ".json");
    }

    Path seed(UUID vmId) {
        return seeds().resolve(vmId + ".iso");
    }
}
