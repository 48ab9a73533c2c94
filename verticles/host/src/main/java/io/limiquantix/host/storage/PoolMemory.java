package io.limiquantix.host.storage;

import com.fasterxml.jackson.core.type.TypeReference;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Supplier;

/** Which pools this host has, in a file. */
public final class PoolMemory {
    private final Path file;

    public PoolMemory(Path file) {
        this.file = file;
    }

    List<OpenPool> read() {
        try {
            return Files.exists(file)
                    ? Wire.json().readValue(Files.readAllBytes(file), new TypeReference<List<OpenPool>>() {})
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the list of pools " + file + " cannot be read", e);
        }
    }

    /** @param pools asked when nobody else writes, so that the last one writes what is so now */
    synchronized void write(Supplier<List<OpenPool>> pools) {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(aside);
            // A pool's secrets are in it, as it is opened again when no control plane is there.
            Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(aside, Wire.json().writeValueAsBytes(pools.get()));
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.READ)) {
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of pools " + file + " cannot be written", e);
        }
    }
}
