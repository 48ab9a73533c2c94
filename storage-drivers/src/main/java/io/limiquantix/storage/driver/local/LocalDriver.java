package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Pools in a directory of this host; volumes are files that qemu-img makes. */
public final class LocalDriver implements StorageDriver {
    private static final String PATH = "path";

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Set<String> settings() {
        return Set.of(PATH);
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        for (String name : settings.keySet()) {
            if (!settings().contains(name)) {
                throw StorageException.invalid("settings." + name, "A local pool has no setting of that name.");
            }
        }
        String path = settings.get(PATH);
        if (path == null) {
            throw StorageException.invalid("settings.path", "A local pool needs a path.");
        }
        return LocalPool.open(poolId, PoolPath.check(path), surroundings);
    }
}
