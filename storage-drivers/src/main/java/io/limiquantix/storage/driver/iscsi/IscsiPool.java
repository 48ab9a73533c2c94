package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.Snapshots;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.guard.Guard;
import io.limiquantix.storage.driver.guard.GuardedImages;
import io.limiquantix.storage.driver.guard.GuardedSeeds;
import io.limiquantix.storage.driver.guard.GuardedSnapshots;
import io.limiquantix.storage.driver.guard.GuardedVolumes;
import io.limiquantix.storage.driver.lvm.GroupChoice;
import io.limiquantix.storage.driver.lvm.LvmPool;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A pool on a LUN; every touch of the disk is guarded. */
final class IscsiPool implements StoragePool {
    private static final System.Logger LOG = System.getLogger(IscsiPool.class.getName());
    /** The time of a check of health, less what the look at the sessions takes. */
    private static final Duration HEALTH = Duration.ofSeconds(9);

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final UUID id;
    private final CurrentTarget target;
    private final Path folder;
    private final Sessions sessions;
    private final Guard guard;
    private final LvmPool lvm;
    private final SessionRenewal renewal;
    private volatile boolean given;
    private boolean ended;

    private IscsiPool(
            UUID id, CurrentTarget target, Path folder, Sessions sessions, Lun lun, Guard guard, LvmPool lvm) {
        this.id = id;
        this.target = target;
        this.folder = folder;
        this.sessions = sessions;
        this.guard = guard;
        this.lvm = lvm;
        this.renewal = new SessionRenewal(() -> {
            sessions.logIn();
            lun.await();
            guard.run(lvm::revive);
            sessions.use();
        });
    }

    static IscsiPool open(UUID id, IscsiTarget wanted, GroupChoice choice, StorageSurroundings surroundings) {
        Path folder = folder(id, surroundings);
        CurrentTarget target = new CurrentTarget(wanted);
        Sessions sessions = new Sessions(
                new Iscsiadm(surroundings.tool(), target), target, TargetUsers.of(wanted, id, surroundings));
        Lun lun = new Lun(surroundings.tool(), target, sessions);
        Guard guard = new Guard("iscsi-" + id, "The iSCSI target " + wanted.label(), lun::answers, SILENCE);
        try {
            sessions.begin();
            lun.await();
            ImageStaging staging = ImageStaging.in(folder.resolve("incoming"), Duration.ZERO, surroundings);
            LvmPool lvm = guard.call(() -> LvmPool.open(id, choice, folder, lun, surroundings.tool(), staging));
            sessions.use();
            return new IscsiPool(id, target, folder, sessions, lun, guard, lvm);
        } catch (IOException e) {
            throw afterwards(guard, sessions, StorageException.of("The host's folder of the pool cannot be used", e));
        } catch (StorageException e) {
            throw afterwards(guard, sessions, e);
        }
    }

    private static StorageException afterwards(Guard guard, Sessions sessions, StorageException why) {
        guard.close();
        try {
            sessions.logOut();
        } catch (StorageException later) {
            why.addSuppressed(later);
        }
        return why;
    }

    private static Path folder(UUID id, StorageSurroundings surroundings) {
        Path folder = surroundings.folder().resolve(id.toString());
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return folder;
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool cannot be made", e);
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public StorageCapabilities capabilities() {
        return lvm.capabilities();
    }

    @Override
    public Capacity capacity() {
        if (sessions.areLost()) {
            renewal.begin();
            throw failed("This host has lost its session with the target "
                    + target.now().label() + " and logs in again.");
        }
        if (!sessions.isAnyLoggedIn()) {
            throw failed("The session with the target " + target.now().label()
                    + " is cut. What was begun goes on when the target is back, if that is within two minutes.");
        }
        try {
            return lvm.capacity(HEALTH);
        } catch (StorageException e) {
            if (e.reason() == Reason.FAILED) {
                renewal.begin();
            }
            throw e;
        }
    }

    private static StorageException failed(String message) {
        return new StorageException(Reason.FAILED, message, Map.of(), new IllegalStateException("no session"));
    }

    /** Another session would show the disk to LVM twice, so who is let in shows when this host logs in the next time. */
    @Override
    public void tryOut(Map<String, String> settings) {
        Iscsiadm.requireListening(wanted(settings));
    }

    @Override
    public void change(Map<String, String> settings) {
        sessions.change(wanted(settings));
    }

    private static IscsiTarget wanted(Map<String, String> settings) {
        return IscsiTarget.of(PoolSettings.of(new IscsiDriver(), settings));
    }

    @Override
    public Volumes volumes() {
        return new GuardedVolumes(lvm.volumes(), guard);
    }

    @Override
    public Snapshots snapshots() {
        return new GuardedSnapshots(lvm.snapshots(), guard);
    }

    @Override
    public Images images() {
        return new GuardedImages(lvm.images(), guard);
    }

    @Override
    public Seeds seeds() {
        return new GuardedSeeds(lvm.seeds(), guard);
    }

    @Override
    public void release() {
        if (!given) {
            guard.run(lvm::release);
            given = true;
        }
        sessions.logOut();
        try {
            Maker.forget(folder);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw StorageException.of("The host's folder of the pool cannot be removed", e);
        }
        end();
        guard.close();
    }

    /** Where a domain uses a volume, the disk stays this host's, and is found so when the pool is opened again. */
    @Override
    public void close() {
        if (!end()) {
            return;
        }
        try {
            if (!guard.call(lvm::rest)) {
                LOG.log(System.Logger.Level.INFO, () -> "volumes of pool " + id + " are in use, so its disk stays");
            }
            sessions.logOut();
        } catch (StorageException e) {
            sessions.leave();
            LOG.log(System.Logger.Level.WARNING, () -> "the disk of pool " + id + " could not be put to rest", e);
        } finally {
            guard.close();
        }
    }

    /** Whether it had not ended before. */
    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
