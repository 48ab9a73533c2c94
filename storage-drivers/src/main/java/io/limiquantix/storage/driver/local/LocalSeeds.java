package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Seeds as files that only their owner, which is QEMU's user while a domain runs, can read. */
final class LocalSeeds implements Seeds {
    private final PoolFolder folder;
    private final IdLocks locks = new IdLocks();

    LocalSeeds(PoolFolder folder) {
        this.folder = folder;
    }

    @Override
    public Path store(UUID vmId, Path iso) {
        try (IdLocks.Held _ = locks.hold(vmId)) {
            Path seed = folder.seed(vmId);
            DurableFiles.write(seed, Files.readAllBytes(iso), "rw-------");
            return seed;
        } catch (IOException e) {
            throw StorageException.of("The seed cannot be stored", e);
        }
    }

    @Override
    public Optional<Path> find(UUID vmId) {
        return Optional.of(folder.seed(vmId)).filter(Files::isRegularFile);
    }

    @Override
    public void delete(UUID vmId) {
        try (IdLocks.Held _ = locks.hold(vmId)) {
            DurableFiles.delete(folder.seed(vmId));
        } catch (IOException e) {
            throw StorageException.of("The seed cannot be deleted", e);
        }
    }
}
