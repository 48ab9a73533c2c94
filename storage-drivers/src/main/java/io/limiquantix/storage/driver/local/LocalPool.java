package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A directory that is a pool. */
final class LocalPool implements StoragePool {
    private final UUID id;
    private final PoolFolder folder;
    private final LocalVolumes volumes;
    private final LocalImages images;
    private final LocalSeeds seeds;
    private final StorageCapabilities capabilities;

    private LocalPool(UUID id, PoolFolder folder, StorageSurroundings surroundings) {
        this.id = id;
        this.folder = folder;
        QemuImg qemuImg = new QemuImg(surroundings.tool());
        Reflink reflink = new Reflink(surroundings.tool());
        // Readers make volumes of images; the writer deletes an image once it saw that no volume depends on it.
        ReadWriteLock imageUse = new ReentrantReadWriteLock();
        this.images = new LocalImages(folder, surroundings, imageUse.writeLock());
        this.volumes = new LocalVolumes(folder, images, qemuImg, reflink, imageUse.readLock());
        this.seeds = new LocalSeeds(folder);
        this.capabilities =
                new StorageCapabilities(false, reflink.worksIn(folder.incoming()), EnumSet.allOf(VolumeFormat.class));
    }

    static LocalPool open(UUID id, Path root, StorageSurroundings surroundings) {
        try {
            return new LocalPool(id, PoolFolder.claim(root, id), surroundings);
        } catch (IOException e) {
            throw StorageException.of("The directory " + root + " cannot be a pool", e);
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public StorageCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public Capacity capacity() {
        try {
            FileStore store = Files.getFileStore(folder.root());
            return new Capacity(store.getTotalSpace(), store.getUsableSpace());
        } catch (IOException e) {
            throw StorageException.of("The pool's file system does not answer", e);
        }
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public Seeds seeds() {
        return seeds;
    }

    @Override
    public void release() {
        try {
            if (!PoolFolder.files(folder.volumes()).isEmpty()
                    || !images.list().isEmpty()
                    || !PoolFolder.files(folder.seeds()).isEmpty()) {
                throw StorageException.conflict(
                        "The pool in " + folder.root() + " still holds volumes, images or seeds.");
            }
            if (images.isAnyArriving()) {
                throw StorageException.conflict(
                        "An image is arriving in the pool in " + folder.root() + "; wait for it, or delete it first.");
            }
            folder.release();
        } catch (IOException e) {
            throw StorageException.of("The pool's directory cannot be given back", e);
        }
    }

    /** Nothing is held open between two operations. */
    @Override
    public void close() {}
}
