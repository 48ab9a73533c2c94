package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pools on an NFS export; each host of the pool mounts it, and all of them see the same files. */
public final class NfsDriver implements StorageDriver {
    private static final String MOUNTED_ANEW =
            "The export is mounted anew, which is refused on a host where a VM has a disk in the pool.";

    @Override
    public String name() {
        return "nfs";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.required(NfsExport.SERVER, "The server's host name or IP address."),
                Setting.required(NfsExport.EXPORT, "The path that the server exports, with no_root_squash."),
                Setting.optional(NfsExport.VERSION, "3, 4, 4.0, 4.1 or 4.2; left out, the newest that both sides know.")
                        .asChangeable(MOUNTED_ANEW),
                Setting.optional(NfsExport.OPTIONS, "More mount options of nfs(5), separated by commas.")
                        .asChangeable(MOUNTED_ANEW));
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        return NfsPool.open(poolId, NfsExport.of(PoolSettings.of(this, settings)), surroundings);
    }
}
