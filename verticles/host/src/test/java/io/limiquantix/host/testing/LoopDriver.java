package io.limiquantix.host.testing;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.local.LocalDriver;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Volumes that are block devices of this machine, as an iSCSI pool's are: loop devices over the files of a directory pool. */
public final class LoopDriver implements StorageDriver {
    private final StorageDriver files = new LocalDriver();

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public List<Setting> settings() {
        return files.settings();
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        StoragePool pool = files.open(poolId, settings, surroundings);
        return new Pool(pool, new LoopVolumes(pool.volumes()));
    }

    private record Pool(StoragePool pool, LoopVolumes volumes) implements StoragePool {
        @Override
        public UUID id() {
            return pool.id();
        }

        @Override
        public StorageCapabilities capabilities() {
            return pool.capabilities();
        }

        @Override
        public Capacity capacity() {
            return pool.capacity();
        }

        @Override
        public Snapshots snapshots() {
            return pool.snapshots();
        }

        @Override
        public Images images() {
            return pool.images();
        }

        @Override
        public Seeds seeds() {
            return pool.seeds();
        }

        @Override
        public void release() {
            pool.release();
        }

        @Override
        public void close() {
            volumes.detachAll();
            pool.close();
        }
    }
}
