package io.limiquantix.host.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Files of this host that people fetch. Under its own name a file is whole; it never changes. Safe for any thread. */
public final class Exports {
    private final Path folder;

    private Exports(Path folder) {
        this.folder = folder;
    }

    /** Removes what a process left half made that was killed. */
    public static Exports in(Path folder) {
        try {
            DurableFiles.sweep(folder, Duration.ZERO);
            return new Exports(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of exports " + folder + " cannot be used", e);
        }
    }

    /**
     * Makes the file anew unless it is there, and answers its size in bytes.
     *
     * @param steps write the file of the path that they are given
     */
    public long make(UUID id, Consumer<Path> steps) {
        Path file = file(id);
        try {
            if (!Files.isRegularFile(file)) {
                write(file, steps);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw failed("The file of the export cannot be made", e);
        }
    }

    private static void write(Path file, Consumer<Path> steps) throws IOException {
        Path aside = DurableFiles.unfinished(file);
        try {
            Files.deleteIfExists(aside);
            steps.accept(aside);
            DurableFiles.publish(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** @throws FailureException {@code NOT_FOUND} */
    public Path require(UUID id) {
        Path file = file(id);
        if (!Files.isRegularFile(file)) {
            throw FailureException.notFound("This host does not have the file of the export " + id + ".");
        }
        return file;
    }

    /** Success when there is none; who reads it just now reads on. */
    public void delete(UUID id) {
        try {
            DurableFiles.delete(file(id));
        } catch (IOException e) {
            throw failed("The file of the export cannot be deleted", e);
        }
    }

    private Path file(UUID id) {
        return folder.resolve(id.toString());
    }

    private static FailureException failed(String what, IOException e) {
        return new FailureException(
                new Failure(FailureCode.STORAGE, what + " on the host: " + e.getMessage(), Map.of()), e);
    }
}
