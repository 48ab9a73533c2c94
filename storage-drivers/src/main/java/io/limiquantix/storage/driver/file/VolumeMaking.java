package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.image.Qcow2Header;
import io.limiquantix.storage.driver.image.Qcow2Snapshots;
import io.limiquantix.storage.driver.qemu.ImageLock;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/** Makes the file of a new volume. */
final class VolumeMaking {
    private final PoolFolder folder;
    private final VolumeChains chains;
    private final FileImages images;
    private final QemuImg qemuImg;
    private final NewFiles newFiles;
    private final Reflink reflink;

    VolumeMaking(
            PoolFolder folder,
            VolumeChains chains,
            FileImages images,
            QemuImg qemuImg,
            NewFiles newFiles,
            Reflink reflink) {
        this.folder = folder;
        this.chains = chains;
        this.images = images;
        this.qemuImg = qemuImg;
        this.newFiles = newFiles;
        this.reflink = reflink;
    }

    /** The volume that is not to change while the new one is made. */
    UUID lockedWith(VolumeRequest request) {
        return switch (request.origin()) {
            case VolumeOrigin.Zeroes _, VolumeOrigin.OfImage _ -> request.id();
            case VolumeOrigin.OfVolume origin -> origin.volumeId();
            case VolumeOrigin.OfSnapshot origin -> origin.volumeId();
        };
    }

    void make(VolumeRequest request, Path aside) throws IOException {
        switch (request.origin()) {
            case VolumeOrigin.Zeroes _ ->
                newFiles.create(aside, request.format(), request.sizeBytes(), request.preallocation());
            case VolumeOrigin.OfImage origin -> cloneImage(images.require(origin.imageId()), request, aside);
            case VolumeOrigin.OfVolume origin -> cloneVolume(origin.volumeId(), request, aside);
            case VolumeOrigin.OfSnapshot origin -> cloneSnapshot(origin, request, aside);
        }
    }

    private void cloneImage(Image image, VolumeRequest request, Path aside) throws IOException {
        if (image.format() == ImageFormat.ISO) {
            throw StorageException.invalid("imageId", "An ISO image cannot become a disk.");
        }
        requireRoom(request, image.virtualSizeBytes(), "image");
        Path source = folder.image(image.id(), image.format());
        VolumeFormat sourceFormat = image.format().diskFormat();
        if (sourceFormat == request.format() && reflink.copy(source, aside)) {
            resize(request, aside);
        } else if (request.format() == VolumeFormat.QCOW2 && !request.independent()) {
            newFiles.createOn(aside, "../images/" + source.getFileName(), sourceFormat, request.sizeBytes());
        } else {
            qemuImg.copy(source, sourceFormat, aside, request.format());
            resize(request, aside);
        }
    }

    private void cloneVolume(UUID volumeId, VolumeRequest request, Path aside) throws IOException {
        VolumeFormat format = formatOf(volumeId);
        Path first = folder.volume(volumeId, format);
        Path source = format == VolumeFormat.RAW
                ? first
                : chains.file(chains.settled(volumeId).current());
        requireRoom(request, VolumeFile.virtualBytes(source, format), "volume");
        ImageLock.refuseWhileWritten(source);
        boolean sameInside =
                format == VolumeFormat.RAW || (source.equals(first) && isPlain(source, request.independent()));
        if (format != request.format() || !sameInside || !reflink.copy(source, aside)) {
            qemuImg.copy(source, format, aside, request.format());
        }
        resize(request, aside);
    }

    /** Whether a copy of the file's bytes is what the request asks for: the snapshots belong to the origin alone. */
    private static boolean isPlain(Path qcow2, boolean independent) throws IOException {
        return Qcow2Snapshots.read(qcow2).isEmpty()
                && (!independent || Qcow2Header.read(qcow2).backingFile() == null);
    }

    private void cloneSnapshot(VolumeOrigin.OfSnapshot origin, VolumeRequest request, Path aside) throws IOException {
        if (formatOf(origin.volumeId()) != VolumeFormat.QCOW2) {
            throw FileSnapshots.missing(origin.snapshotId());
        }
        Chain chain = chains.read(origin.volumeId());
        Optional<Chain.Frozen> frozen = chain.find(origin.snapshotId());
        if (frozen.isPresent()) {
            requireRoom(request, frozen.get().sizeBytes(), "snapshot");
            if (origin.linked() && request.format() == VolumeFormat.QCOW2) {
                if (chain.merging() != null
                        && chain.merging().top().equals(frozen.get().file())) {
                    throw StorageException.conflict(
                            "The snapshot's file " + frozen.get().file()
                                    + " is being merged, and nothing can stand on it meanwhile; try again when that has ended.");
                }
                newFiles.createOn(aside, frozen.get().file(), VolumeFormat.QCOW2, request.sizeBytes());
                return;
            }
            qemuImg.copy(chains.file(frozen.get().file()), VolumeFormat.QCOW2, aside, request.format());
        } else {
            copyInside(origin, request, aside);
        }
        resize(request, aside);
    }

    /** A snapshot in the first file of its volume. */
    private void copyInside(VolumeOrigin.OfSnapshot origin, VolumeRequest request, Path aside) throws IOException {
        String name = origin.snapshotId().toString();
        Path source = folder.volume(origin.volumeId(), VolumeFormat.QCOW2);
        Qcow2Snapshots.Entry snapshot = Qcow2Snapshots.read(source).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FileSnapshots.missing(origin.snapshotId()));
        requireRoom(request, snapshot.diskBytes(), "snapshot");
        qemuImg.copySnapshot(source, name, aside, request.format());
        if (VolumeFile.virtualBytes(aside, request.format()) > request.sizeBytes()) {
            // qemu-img makes it as large as the volume is by now.
            qemuImg.cut(aside, request.format(), request.sizeBytes());
        }
    }

    private VolumeFormat formatOf(UUID volumeId) {
        for (VolumeFormat format : VolumeFormat.values()) {
            if (Files.isRegularFile(folder.volume(volumeId, format))) {
                return format;
            }
        }
        throw FileVolumes.missing(volumeId);
    }

    private static void requireRoom(VolumeRequest request, long originBytes, String origin) {
        if (request.sizeBytes() < originBytes) {
            throw StorageException.invalid(
                    "sizeBytes", "The volume must have at least the " + originBytes + " bytes of its " + origin + ".");
        }
    }

    /** An image's file is for reading only, and so is its copy. */
    private void resize(VolumeRequest request, Path aside) throws IOException {
        Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(FileVolumes.MODE));
        if (VolumeFile.virtualBytes(aside, request.format()) < request.sizeBytes()) {
            qemuImg.resize(aside, request.format(), request.sizeBytes());
        }
    }
}
