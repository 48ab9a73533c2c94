package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Makes files that hold nothing by themselves and read as what is below them. */
final class OverlayMaking {
    /** libvirt follows 200 files; what a guest reads passes through all of them. */
    private static final int MOST = 64;

    private final PoolFolder folder;
    private final VolumeChains chains;
    private final NewFiles newFiles;

    OverlayMaking(PoolFolder folder, VolumeChains chains, NewFiles newFiles) {
        this.folder = folder;
        this.chains = chains;
        this.newFiles = newFiles;
    }

    /**
     * Answers the overlay's name.
     *
     * @param distinct tells it from the volume's other overlays
     * @param below the name of the file that it stands on
     */
    String make(UUID volumeId, UUID distinct, String below, long bytes) throws IOException {
        FileTree tree = chains.tree(volumeId, chains.read(volumeId));
        refuseTooMany(tree.lineOf(below).size());
        Path overlay = folder.overlay(volumeId, distinct);
        String name = VolumeChains.name(overlay);
        if (tree.files().contains(name)) {
            throw StorageException.conflict(
                    "The volume had a snapshot " + distinct + " before; give the new one another id.");
        }
        Path aside = DurableFiles.unfinished(overlay);
        Files.deleteIfExists(aside);
        try {
            newFiles.createOn(aside, below, VolumeFormat.QCOW2, bytes);
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(FileVolumes.MODE));
            DurableFiles.publish(aside, overlay);
        } finally {
            Files.deleteIfExists(aside);
        }
        return name;
    }

    private static void refuseTooMany(int files) {
        if (files >= MOST) {
            throw StorageException.conflict("The volume consists of " + files
                    + " files on top of each other, one for each snapshot; delete some of its snapshots first.");
        }
    }
}
