package io.limiquantix.storage.driver.guard;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Seeds;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Seeds that no caller waits for when the server is gone. */
public record GuardedSeeds(Seeds seeds, Guard guard) implements Seeds {
    @Override
    public DiskSource store(UUID vmId, Path iso) {
        return guard.call(() -> seeds.store(vmId, iso));
    }

    @Override
    public Optional<DiskSource> find(UUID vmId) {
        return guard.call(() -> seeds.find(vmId));
    }

    @Override
    public void delete(UUID vmId) {
        guard.run(() -> seeds.delete(vmId));
    }
}
