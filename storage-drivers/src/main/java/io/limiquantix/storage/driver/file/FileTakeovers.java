package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Takeovers;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.Qcow2Header;
import io.limiquantix.storage.driver.image.Qcow2Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Files that become volumes by a hard link among those of the pool. */
final class FileTakeovers implements Takeovers {
    private static final Set<String> FORMATS = Set.of("qcow2", "raw");
    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;

    private final PoolFolder folder;
    private final FileVolumes volumes;
    private final IdLocks locks;

    FileTakeovers(PoolFolder folder, FileVolumes volumes, IdLocks locks) {
        this.folder = folder;
        this.volumes = volumes;
        this.locks = locks;
    }

    @Override
    public boolean reaches(Path file) {
        try {
            return device(file).equals(device(folder.volumes()));
        } catch (IOException _) {
            return false;
        }
    }

    private static Object device(Path file) throws IOException {
        return Files.getAttribute(file, "unix:dev", LinkOption.NOFOLLOW_LINKS);
    }

    /** How many names the file has. */
    private static int names(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<UUID> named(Path file) {
        return IdentifiedFile.of(file)
                .filter(f -> FORMATS.contains(f.extension()))
                .filter(f -> file.equals(folder.volume(f.id(), VolumeFormat.of(f.extension()))))
                .map(IdentifiedFile::id);
    }

    @Override
    public List<String> obstacles(Path file, VolumeFormat format) {
        try {
            return obstacles(file, format, 1);
        } catch (NoSuchFileException _) {
            return List.of("there is no such file.");
        } catch (IOException e) {
            return List.of("its file cannot be read: " + e.getMessage() + ".");
        } catch (StorageException e) {
            return List.of("its file is not " + format.label() + ", as its definition says.");
        }
    }

    /** @param names how many the file may have */
    private List<String> obstacles(Path file, VolumeFormat format, int names) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            ? "it is on something else than a plain file."
                            : "there is no such file.");
        }
        List<String> found = new ArrayList<>();
        if (IdentifiedFile.overlayOf(file).isPresent()) {
            found.add("its file belongs to the snapshots of a volume.");
        }
        if (names(file) > names) {
            found.add("its file has another name as well (a hard link), by which somebody else may write to it; remove"
                    + " that name first.");
        }
        if (Files.exists(folder.chain(named(file).orElse(new UUID(0, 0))))) {
            found.add("its file belongs to a volume with snapshots.");
        }
        if (format == VolumeFormat.QCOW2) {
            found.addAll(qcow2(file));
        }
        return found;
    }

    private static List<String> qcow2(Path file) throws IOException {
        Qcow2Header header = Qcow2Header.read(file);
        List<String> found = new ArrayList<>();
        if (header.backingFile() != null) {
            found.add("its file stands on another one, " + header.backingFile()
                    + "; let it have all of its bytes first (virsh blockpull).");
        }
        if ((header.incompatibleFeatures() & EXTERNAL_DATA_FILE) != 0) {
            found.add("its file keeps its data in another one; copy it into a whole one first.");
        }
        if (header.cryptMethod() != 0) {
            found.add("its file is encrypted, which volumes cannot be.");
        }
        if ((header.incompatibleFeatures() & CORRUPT) != 0) {
            found.add("its file is damaged; repair it first (qemu-img check -r all).");
        }
        if (!Qcow2Snapshots.read(file).isEmpty()) {
            found.add("its file has snapshots in it; delete them first (virsh snapshot-delete, qemu-img snapshot -d).");
        }
        return found;
    }

    @Override
    public Volume take(Path file, UUID id, VolumeFormat format) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Path name = folder.volume(id, format);
            boolean there = Files.exists(name, LinkOption.NOFOLLOW_LINKS);
            if (there && !Files.isSameFile(name, file)) {
                throw StorageException.conflict("There is a volume " + id + " already, and it is another one.");
            }
            List<String> obstacles = obstacles(file, format, there && !name.equals(file) ? 2 : 1);
            if (!obstacles.isEmpty()) {
                throw StorageException.conflict(
                        "The file " + file + " cannot be a volume: " + String.join(" ", obstacles));
            }
            if (!there) {
                DurableFiles.link(name, file);
                requireStill(name, format);
            }
            return volumes.require(id);
        } catch (IOException e) {
            throw StorageException.of(
                    "The file " + file + " cannot get a second name in the pool in " + folder.root()
                            + ", which has to be on the same mounted file system",
                    e);
        }
    }

    /** Whoever owns the folder of the file may have put another one in its place at that moment. */
    private void requireStill(Path name, VolumeFormat format) throws IOException {
        if (!obstacles(name, format, 2).isEmpty()) {
            DurableFiles.delete(name);
            throw StorageException.conflict("The file became another one at this moment; look at the domain again.");
        }
    }

    /** Whether the file is a second name of a volume in this folder. */
    static boolean isSecondName(Path file, PoolFolder folder) throws IOException {
        if (names(file) > 1) {
            for (Path other : PoolFolder.files(folder.volumes())) {
                if (!other.equals(file) && IdentifiedFile.of(other).isPresent() && Files.isSameFile(file, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void letGo(UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            for (VolumeFormat format : VolumeFormat.values()) {
                Path name = folder.volume(id, format);
                boolean plain = Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS) && !Files.exists(folder.chain(id));
                if (plain && names(name) > 1) {
                    DurableFiles.delete(name);
                }
            }
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be given up", e);
        }
    }
}
