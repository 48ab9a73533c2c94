package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.Takeovers;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.image.ImageInspection;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A directory that is a pool. */
public final class FilePool implements StoragePool {
    /** More than the longest copy may pause between two writes. */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private final UUID id;
    private final PoolFolder folder;
    private final ImageStaging staging;
    private final FileVolumes volumes;
    private final FileSnapshots snapshots;
    private final FileImages images;
    private final FileSeeds seeds;
    private final StorageCapabilities capabilities;
    private final FileTakeovers takeovers;

    private FilePool(UUID id, PoolFolder folder, boolean shared, StorageSurroundings surroundings) throws IOException {
        this.id = id;
        this.folder = folder;
        this.staging = ImageStaging.in(folder.incoming(), abandoned(shared), surroundings);
        QemuImg qemuImg = new QemuImg(surroundings.tool());
        NewFiles newFiles = new NewFiles(qemuImg);
        Reflink reflink = new Reflink(surroundings.tool());
        // Readers make volumes of images; the writer deletes an image once it saw that no volume depends on it.
        ReadWriteLock imageUse = new ReentrantReadWriteLock();
        IdLocks locks = new IdLocks();
        VolumeChains chains = new VolumeChains(folder);
        this.images = new FileImages(folder, staging, imageUse.writeLock());
        this.volumes = new FileVolumes(
                folder,
                chains,
                qemuImg,
                new VolumeMaking(folder, chains, images, qemuImg, newFiles, reflink),
                new Adoption(folder, new ImageInspection(surroundings.tool(), surroundings.imageLimits())),
                imageUse.readLock(),
                locks);
        this.snapshots = new FileSnapshots(folder, volumes, chains, qemuImg, newFiles, locks);
        this.seeds = new FileSeeds(folder);
        this.takeovers = new FileTakeovers(folder, volumes, locks);
        this.capabilities = new StorageCapabilities(
                shared,
                reflink.worksIn(folder.incoming()),
                true,
                EnumSet.allOf(VolumeFormat.class),
                EnumSet.of(VolumeFormat.QCOW2),
                FileVolumes.SIZE_UNIT);
    }

    /**
     * Makes the directory this pool's, or finds that it is.
     *
     * @param shared whether other hosts see the same files
     * @throws StorageException {@code CONFLICT} for a directory that is not empty or another pool's
     */
    public static FilePool open(UUID id, Path root, boolean shared, StorageSurroundings surroundings) {
        try {
            return new FilePool(id, PoolFolder.claim(root, id, abandoned(shared)), shared, surroundings);
        } catch (IOException e) {
            throw StorageException.of("The directory " + root + " cannot be a pool", e);
        }
    }

    /** In a directory that only this process uses, whatever is half made was left by one that is gone. */
    private static Duration abandoned(boolean shared) {
        return shared ? ABANDONED : Duration.ZERO;
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
    public Snapshots snapshots() {
        return snapshots;
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
    public Optional<Path> folder() {
        return Optional.of(folder.root().toAbsolutePath().normalize());
    }

    /** A directory that other hosts see as well has files that their domains may use. */
    @Override
    public Optional<Takeovers> takeovers() {
        return capabilities.shared() ? Optional.empty() : Optional.of(takeovers);
    }

    @Override
    public void release() {
        try {
            Optional<String> owner = folder.owner();
            if (owner.isPresent() && !owner.get().equals(id.toString())) {
                // Given back by another host that shares it, and taken for another pool since: nothing here is this
                // pool's.
                return;
            }
            if (!PoolFolder.files(folder.volumes()).isEmpty()
                    || !images.list().isEmpty()
                    || !PoolFolder.files(folder.seeds()).isEmpty()) {
                throw StorageException.conflict(
                        "The pool in " + folder.root() + " still holds volumes, images or seeds.");
            }
            if (staging.isAnyArriving()) {
                throw StorageException.conflict(
                        "An image is arriving in the pool in " + folder.root() + "; wait for it, or delete it first.");
            }
            staging.remove();
            folder.release();
        } catch (IOException e) {
            throw StorageException.of("The pool's directory cannot be given back", e);
        }
    }

    /** Nothing is held open between two operations. */
    @Override
    public void close() {}
}
