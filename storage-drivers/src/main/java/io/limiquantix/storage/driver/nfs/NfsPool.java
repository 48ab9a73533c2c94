package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.file.FilePool;
import io.limiquantix.storage.driver.guard.Guard;
import io.limiquantix.storage.driver.guard.GuardedImages;
import io.limiquantix.storage.driver.guard.GuardedSeeds;
import io.limiquantix.storage.driver.guard.GuardedSnapshots;
import io.limiquantix.storage.driver.guard.GuardedVolumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A pool of files on a mounted export; every touch of the files is guarded. */
final class NfsPool implements StoragePool {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration OTHER_WORK = Duration.ofSeconds(5);

    private final StorageSurroundings surroundings;
    private final NfsMount mount;
    private final MountProbe probe;
    private final Guard guard;
    private final FilePool files;

    private NfsPool(StorageSurroundings surroundings, NfsMount mount, MountProbe probe, Guard guard, FilePool files) {
        this.surroundings = surroundings;
        this.mount = mount;
        this.probe = probe;
        this.guard = guard;
        this.files = files;
    }

    static NfsPool open(UUID id, NfsExport export, StorageSurroundings surroundings) {
        NfsMount mount = new NfsMount(surroundings.tool(), export, mountPoint(id, surroundings.folder(), "mount"));
        aside(id, export, surroundings).end();
        mount.ensure();
        MountProbe probe = new MountProbe(surroundings.tool(), mount.point());
        Guard guard = new Guard("nfs-" + id, "The NFS server", probe::answers, SILENCE);
        try {
            answering(mount, probe);
            FilePool files = guard.call(() -> {
                RootAccess.require(mount.point());
                return FilePool.open(id, mount.point(), true, surroundings);
            });
            return new NfsPool(surroundings, mount, probe, guard, files);
        } catch (StorageException e) {
            guard.close();
            mount.end();
            throw e;
        }
    }

    /** Where the export is mounted in another way, before it takes its place. */
    private static NfsMount aside(UUID id, NfsExport export, StorageSurroundings surroundings) {
        return new NfsMount(surroundings.tool(), export, mountPoint(id, surroundings.folder(), "mount-aside"));
    }

    private static Path mountPoint(UUID id, Path folder, String name) {
        try {
            Path own = folder.resolve(id.toString());
            Path point = own.resolve(name);
            if (!Files.isDirectory(own)) {
                Files.createDirectories(own);
                Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx--x--x"));
            }
            if (!Files.isDirectory(point)) {
                Files.createDirectories(point);
            }
            return point;
        } catch (IOException e) {
            throw StorageException.of("The directory for the mount cannot be made", e);
        }
    }

    private static Capacity answering(NfsMount mount, MountProbe probe) {
        mount.ensure();
        try {
            return probe.ask(PATIENCE);
        } catch (MountProbe.StaleException _) {
            mount.renew();
            try {
                return probe.ask(PATIENCE);
            } catch (MountProbe.StaleException e) {
                throw StorageException.of(
                        "The NFS export has been replaced on the server", new IOException(e.getMessage(), e));
            }
        }
    }

    @Override
    public UUID id() {
        return files.id();
    }

    @Override
    public StorageCapabilities capabilities() {
        return files.capabilities();
    }

    @Override
    public Capacity capacity() {
        return answering(mount, probe);
    }

    @Override
    public void tryOut(Map<String, String> settings) {
        NfsMount other = aside(id(), export(settings), surroundings);
        try {
            answering(other, new MountProbe(surroundings.tool(), other.point()));
            guard.run(() -> RootAccess.require(other.point()));
        } finally {
            other.end();
        }
    }

    /** The kernel changes next to nothing of an NFS mount in place (nfs(5), "The remount option"). */
    @Override
    public void change(Map<String, String> settings) {
        NfsExport export = export(settings);
        if (export.equals(mount.export())) {
            return;
        }
        if (!mount.isMounted()) {
            mount.use(export);
            return;
        }
        NfsMount other = aside(id(), export, surroundings);
        try {
            other.ensure();
            guard.alone(OTHER_WORK, () -> mount.replaceBy(other));
        } finally {
            other.end();
        }
    }

    private static NfsExport export(Map<String, String> settings) {
        return NfsExport.of(PoolSettings.of(new NfsDriver(), settings));
    }

    @Override
    public Volumes volumes() {
        return new GuardedVolumes(files.volumes(), guard);
    }

    @Override
    public Snapshots snapshots() {
        return new GuardedSnapshots(files.snapshots(), guard);
    }

    @Override
    public Images images() {
        return new GuardedImages(files.images(), guard);
    }

    @Override
    public Optional<Path> folder() {
        return files.folder();
    }

    @Override
    public Seeds seeds() {
        return new GuardedSeeds(files.seeds(), guard);
    }

    @Override
    public void release() {
        guard.run(files::release);
    }

    @Override
    public void close() {
        guard.close();
        mount.end();
    }
}
