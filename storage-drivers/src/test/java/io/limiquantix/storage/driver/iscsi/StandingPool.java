package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volumes;
import java.util.UUID;

/** A pool that several tests use one after the other, as opening one costs many seconds on an emulated processor. */
final class StandingPool implements StoragePool {
    private final StoragePool pool;
    private boolean open = true;

    StandingPool(StoragePool pool) {
        this.pool = pool;
    }

    boolean isOpen() {
        return open;
    }

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
    public Volumes volumes() {
        return pool.volumes();
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
        open = false;
    }

    @Override
    public void close() {
        pool.close();
        open = false;
    }
}
