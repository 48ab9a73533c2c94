package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Seeds as files that only their owner, which is QEMU's user while a domain runs, can read. */
final class FileSeeds implements Seeds {
    private final PoolFolder folder;
    private final IdLocks locks = new IdLocks();

    FileSeeds(PoolFolder folder) {
        this.folder = folder;
    }

    @Override
    public DiskSource store(UUID vmId, Path iso) {
        try (IdLocks.Held _ = locks.hold(vmId)) {
            Path seed = folder.seed(vmId);
            DurableFiles.write(seed, Files.readAllBytes(iso), "rw-------");
            return new DiskSource.OfFile(seed);
        } catch (IOException e) {
            throw StorageException.of("The seed cannot be stored", e);
        }
    }

    @Override
    public Optional<DiskSource> find(UUID vmId) {
        return Optional.of(folder.seed(vmId)).filter(Files::isRegularFile).map(DiskSource.OfFile::new);
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
