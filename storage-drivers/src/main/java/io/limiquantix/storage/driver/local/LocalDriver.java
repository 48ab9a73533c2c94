package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.file.FilePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pools in a directory of this host; volumes are files that qemu-img makes. */
public final class LocalDriver implements StorageDriver {
    private static final String PATH = "path";

    @Override
    public String name() {
        return "local";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.required(PATH, "An empty directory of the host, for instance /var/lib/limiquantix/pool."));
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        Path root = PoolPath.check(PoolSettings.of(this, settings).get(PATH));
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            PoolPath.checkReach(root);
        } catch (IOException e) {
            throw StorageException.of("The directory " + root + " cannot be a pool", e);
        }
        return FilePool.open(poolId, root, false, surroundings);
    }
}
