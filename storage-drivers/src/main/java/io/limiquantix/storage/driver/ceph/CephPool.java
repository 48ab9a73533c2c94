package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A pool in an RBD pool. */
final class CephPool implements StoragePool {
    /** Twice, and the start of two programs, is less than the ten seconds of a check of health. */
    private static final Duration HEALTH = Duration.ofMillis(4500);

    private final UUID id;
    private final Path folder;
    private final CurrentAccess access;
    private final ImageStaging staging;
    private final StorageSurroundings surroundings;
    private final Rbd rbd;
    private final Leftovers leftovers;
    private final PoolMarker marker;
    private final ClusterCapacity capacity;
    private final RbdVolumes volumes;
    private final RbdSnapshots snapshots;
    private final RbdImages images;
    private final RbdSeeds seeds;

    private CephPool(UUID id, CurrentAccess access, Path folder, StorageSurroundings surroundings) throws IOException {
        this.id = id;
        this.folder = folder;
        this.access = access;
        this.surroundings = surroundings;
        String rbdPool = access.address().pool();
        CephCommands commands = new CephCommands(surroundings.tool(), access);
        this.rbd = new Rbd(commands, access);
        RbdSnapshotCommands snapshotCommands = new RbdSnapshotCommands(commands, rbdPool);
        Renaming renaming = new Renaming(rbd);
        Watchers watchers = new Watchers(rbd, commands);
        this.leftovers = new Leftovers(rbd, snapshotCommands, renaming, watchers, Maker.of(folder));
        Workbench workbench = new Workbench(rbd, renaming, leftovers);
        this.marker = new PoolMarker(rbd, workbench, rbdPool, id);
        this.capacity = new ClusterCapacity(commands, rbdPool);
        // Only this host's process uses the folder, so whatever is half made in it was left by one that is gone.
        this.staging = ImageStaging.in(folder.resolve("incoming"), Duration.ZERO, surroundings);
        IdLocks locks = new IdLocks();
        this.images = new RbdImages(rbd, snapshotCommands, workbench, staging, new QemuImg(surroundings.tool()));
        this.volumes = new RbdVolumes(
                rbd,
                new VolumeMaking(rbd, snapshotCommands, images, workbench, watchers),
                new VolumeRemoval(rbd, snapshotCommands, workbench, watchers),
                new Adoption(rbd, renaming, watchers),
                this::source,
                locks);
        this.snapshots = new RbdSnapshots(rbd, snapshotCommands, volumes, watchers, locks);
        this.seeds = new RbdSeeds(rbd, workbench, this::source);
    }

    static CephPool open(UUID id, ClusterAddress address, StorageSurroundings surroundings) {
        Path folder = surroundings.folder().resolve(id.toString());
        CurrentAccess access = new CurrentAccess(address, folder);
        access.removeOthers();
        access.ensure();
        try {
            CephPool pool = new CephPool(id, access, folder, surroundings);
            pool.begin();
            return pool;
        } catch (IOException e) {
            access.remove();
            throw StorageException.of("The host's folder of the pool, " + folder + ", cannot be used", e);
        } catch (StorageException e) {
            access.remove();
            throw e;
        }
    }

    private void begin() {
        try {
            marker.claim();
        } catch (StorageException e) {
            throw e.reason() == Reason.NOT_FOUND ? noSuchPool(e) : e;
        }
        leftovers.sweep();
    }

    private StorageException noSuchPool(StorageException e) {
        String name = access.address().pool();
        return new StorageException(
                Reason.INVALID,
                "The Ceph cluster has no pool " + name + ". Make it with \"ceph osd pool create " + name
                        + "\" and \"rbd pool init " + name + "\".",
                Map.of("field", "settings." + ClusterAddress.POOL),
                e);
    }

    private DiskSource source(String image) {
        ClusterAddress address = access.address();
        return new DiskSource.OfRbd(address.pool() + "/" + image, address.monitors(), address.user(), secretId());
    }

    private UUID secretId() {
        return UUID.nameUUIDFromBytes(("limiquantix ceph key of pool " + id).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<HypervisorSecret> hypervisorSecrets() {
        return List.of(new HypervisorSecret(
                secretId(), "limiquantix pool " + id, access.address().key().base64()));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(true, false, true, Set.of(VolumeFormat.RAW), Set.of(VolumeFormat.RAW), 1);
    }

    /** The monitors know how much there is; reading the marker shows that the disks (OSDs) answer too. */
    @Override
    public Capacity capacity() {
        access.ensure();
        marker.check(HEALTH);
        return capacity.ask(HEALTH);
    }

    @Override
    public void tryOut(Map<String, String> settings) {
        access.tryOut(
                address(settings),
                other -> marker.tryOut(new Rbd(new CephCommands(surroundings.tool(), other), other), other.address()));
    }

    @Override
    public void change(Map<String, String> settings) {
        access.change(address(settings));
    }

    private static ClusterAddress address(Map<String, String> settings) {
        return ClusterAddress.of(PoolSettings.of(new CephDriver(), settings));
    }

    @Override
    public DiskSource reachedNow(DiskSource disk) {
        return disk instanceof DiskSource.OfRbd rbd && rbd.secretId().equals(secretId()) ? source(rbd) : disk;
    }

    private DiskSource source(DiskSource.OfRbd disk) {
        ClusterAddress address = access.address();
        return new DiskSource.OfRbd(disk.image(), address.monitors(), address.user(), disk.secretId());
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
    public void release() {
        try {
            refuseWhileUsed();
            leftovers.clear();
            marker.remove();
            staging.remove();
            access.remove();
            Maker.forget(folder);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool cannot be removed", e);
        }
    }

    private void refuseWhileUsed() throws IOException {
        String rbdPool = access.address().pool();
        if (rbd.names().stream().anyMatch(name -> OwnName.of(name).isPresent())) {
            throw StorageException.conflict("The pool in " + rbdPool + " still holds volumes, images or seeds.");
        }
        if (staging.isAnyArriving()) {
            throw StorageException.conflict(
                    "An image is arriving in the pool in " + rbdPool + "; wait for it, or delete it first.");
        }
    }

    @Override
    public void close() {
        access.remove();
    }
}
