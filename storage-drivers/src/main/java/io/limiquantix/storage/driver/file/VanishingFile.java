package io.limiquantix.storage.driver.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that another request may delete while it is read. */
final class VanishingFile {
    private VanishingFile() {}

    /** What is done with a file. */
    interface Reading<T> {
        T of(Path file) throws IOException;
    }

    /** What is read of it; empty when it is no file or vanished meanwhile. */
    static <T> Optional<T> read(Path file, Reading<T> reading) throws IOException {
        try {
            return Files.isRegularFile(file) ? Optional.of(reading.of(file)) : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
