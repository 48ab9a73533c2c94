package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of this host's pools use the sessions with a target, as a session has all of the target's disks, and at which portals this
 * host logged in for them. Kept in files: pools do not know of each other, and the next process ends what a killed one began.
 */
final class TargetUsers {
    private static final String LOCK = "lock";
    private static final String POOL = "pool-";
    private static final String PORTAL = "portal-";
    private static final String MODE = "rw-------";

    /** More than another pool takes to log in or out. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path folder;
    private final UUID pool;

    /** @param folder the target's own, not a pool's */
    TargetUsers(Path folder, UUID pool) {
        this.folder = folder;
        this.pool = pool;
    }

    static TargetUsers of(IscsiTarget target, UUID pool, StorageSurroundings surroundings) {
        return new TargetUsers(surroundings.folder().resolve("iscsi-targets").resolve(target.name()), pool);
    }

    /**
     * No other pool logs in to the target or out meanwhile.
     *
     * @throws StorageException {@code TIMEOUT} when another one does not end
     */
    void alone(Runnable work) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = lock(channel)) {
                work.run();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            pause();
        }
        throw timeout(new IllegalStateException(folder + " is locked"));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Another pool of this process; null is one of another process.
            return null;
        }
    }

    private void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw timeout(e);
        }
    }

    private StorageException timeout(Exception e) {
        return new StorageException(
                Reason.TIMEOUT,
                "Another pool of this host was logging in to the target " + folder.getFileName()
                        + " or out all the time, so this one could not.",
                Map.of(),
                e);
    }

    private StorageException unusable(IOException e) {
        return StorageException.of("This host's folder of the target, " + folder + ", cannot be used", e);
    }

    /** From now on, and as long as this process runs, the pool uses the sessions. */
    void join() {
        write(folder.resolve(POOL + pool), ProcessWord.own());
    }

    void leave() {
        delete(folder.resolve(POOL + pool));
    }

    /** Whether another pool of a process that runs uses the sessions. */
    boolean areOthersIn() {
        boolean any = false;
        for (Path file : files(POOL)) {
            if (file.endsWith(POOL + pool)) {
                continue;
            }
            if (ProcessWord.isAlive(read(file))) {
                any = true;
            } else {
                delete(file);
            }
        }
        return any;
    }

    /** This host is about to log in at the portal. */
    void noteLogin(Portal portal) {
        write(folder.resolve(PORTAL + portal.text()), "");
    }

    /** Where this host logged in for pools, or was about to. */
    List<Portal> loggedIn() {
        return files(PORTAL).stream()
                .map(file -> String.valueOf(file.getFileName()).substring(PORTAL.length()))
                .flatMap(text -> Portal.list(text).stream())
                .toList();
    }

    /** This host has logged out there. */
    void forgetLogin(Portal portal) {
        delete(folder.resolve(PORTAL + portal.text()));
    }

    private List<Path> files(String prefix) {
        return Session.entries(folder).stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
                .toList();
    }

    private String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(Path file, String text) {
        try {
            DurableFiles.write(file, text.getBytes(StandardCharsets.US_ASCII), MODE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void delete(Path file) {
        try {
            DurableFiles.delete(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
