package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.ImageInspection;
import io.limiquantix.storage.driver.qemu.ImageLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Files that somebody put among the volumes by hand. */
final class Adoption {
    /** What files of volumes end with. */
    private static final Set<String> OWN = Set.of("qcow2", "raw", PoolFolder.CHAIN);

    private final PoolFolder folder;
    private final ImageInspection inspection;

    Adoption(PoolFolder folder, ImageInspection inspection) {
        this.folder = folder;
        this.inspection = inspection;
    }

    List<UnmanagedVolume> candidates() throws IOException {
        List<UnmanagedVolume> found = new ArrayList<>();
        for (Path file : PoolFolder.files(folder.volumes())) {
            if (isForeign(file)) {
                VolumeFormat format = formatOf(file);
                found.add(new UnmanagedVolume(file.getFileName().toString(), format, sizeOf(file, format)));
            }
        }
        return found;
    }

    /** Gives the file the volume's name. */
    VolumeFormat take(String name, UUID id) throws IOException {
        Path file = foreign(name);
        VolumeFormat format = formatOf(file);
        ImageLock.refuseWhileWritten(file);
        long ignored = inspection.inspect(file, format == VolumeFormat.QCOW2 ? ImageFormat.QCOW2 : ImageFormat.RAW);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(FileVolumes.MODE));
        DurableFiles.publish(file, folder.volume(id, format));
        return format;
    }

    private Path foreign(String name) throws IOException {
        for (Path file : PoolFolder.files(folder.volumes())) {
            if (file.getFileName().toString().equals(name) && isForeign(file)) {
                return file;
            }
        }
        throw StorageException.notFound("There is no such file among the pool's volumes.");
    }

    /** A second name of what is a volume by its first one is none. */
    private boolean isForeign(Path file) throws IOException {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !name.endsWith(DurableFiles.UNFINISHED)
                && IdentifiedFile.overlayOf(file).isEmpty()
                && IdentifiedFile.of(file)
                        .filter(f -> OWN.contains(f.extension()))
                        .isEmpty()
                && !FileTakeovers.isSecondName(file, folder);
    }

    /** By its name and never by its bytes, which a guest may have written. */
    private static VolumeFormat formatOf(Path file) {
        return file.getFileName().toString().endsWith(".qcow2") ? VolumeFormat.QCOW2 : VolumeFormat.RAW;
    }

    /** A file that only calls itself qcow2 is listed, and refused when it is to be adopted. */
    private static long sizeOf(Path file, VolumeFormat format) throws IOException {
        try {
            return VolumeFile.virtualBytes(file, format);
        } catch (StorageException _) {
            return Files.size(file);
        }
    }
}
