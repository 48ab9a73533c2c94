package io.limiquantix.storage.driver.durable;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Who this host is among those that use a pool: a word that it chose and keeps beside the pool's key. */
public final class Maker {
    private static final int LENGTH = 8;

    private Maker() {}

    /** Chosen anew when the pool's folder was lost; then other hosts' patience decides over what was left half made. */
    public static String of(Path folder) {
        Path file = file(folder);
        try {
            if (!Files.isRegularFile(file)) {
                String word = UUID.randomUUID().toString().substring(0, LENGTH);
                DurableFiles.write(file, word.getBytes(StandardCharsets.US_ASCII), "rw-------");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool, " + folder + ", cannot be used", e);
        }
    }

    /** For a pool that is given back, in which nothing can have been left. */
    public static void forget(Path folder) throws IOException {
        DurableFiles.delete(file(folder));
    }

    private static Path file(Path folder) {
        return folder.resolve("maker");
    }
}
