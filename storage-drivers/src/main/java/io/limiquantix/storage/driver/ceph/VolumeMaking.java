package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.util.UUID;

/** Makes the RBD image of a new volume. */
final class VolumeMaking {
    private final Rbd rbd;
    private final RbdSnapshotCommands snapshots;
    private final RbdImages images;
    private final Workbench workbench;
    private final Watchers watchers;

    VolumeMaking(Rbd rbd, RbdSnapshotCommands snapshots, RbdImages images, Workbench workbench, Watchers watchers) {
        this.rbd = rbd;
        this.snapshots = snapshots;
        this.images = images;
        this.workbench = workbench;
        this.watchers = watchers;
    }

    /** The volume that is not to change while the new one is made; an image never does. */
    static UUID originOf(VolumeRequest request) {
        return switch (request.origin()) {
            case VolumeOrigin.Zeroes _, VolumeOrigin.OfImage _ -> request.id();
            case VolumeOrigin.OfVolume origin -> origin.volumeId();
            case VolumeOrigin.OfSnapshot origin -> origin.volumeId();
        };
    }

    /** @throws StorageException {@code CONFLICT} when there is one of its name */
    void make(VolumeRequest request) {
        String name = Kind.VOLUME.name(request.id());
        switch (request.origin()) {
            case VolumeOrigin.Zeroes _ ->
                workbench.make(name, aside -> rbd.create(aside, request.sizeBytes(), request.preallocation()));
            case VolumeOrigin.OfImage origin -> cloneImage(images.require(origin.imageId()), request, name);
            case VolumeOrigin.OfVolume origin -> copyVolume(origin.volumeId(), request, name);
            case VolumeOrigin.OfSnapshot origin -> cloneSnapshot(origin, request, name);
        }
    }

    private void cloneImage(Image image, VolumeRequest request, String name) {
        if (image.format() == ImageFormat.ISO) {
            throw StorageException.invalid("imageId", "An ISO image cannot become a disk.");
        }
        requireRoom(request, image.virtualSizeBytes(), "image");
        String parent = Kind.IMAGE.name(image.id());
        workbench.make(name, aside -> clone(parent, RbdImages.CONTENTS, image.virtualSizeBytes(), request, aside));
    }

    /** A copy: to share blocks, the volume would have to get a snapshot that nobody asked for. */
    private void copyVolume(UUID volumeId, VolumeRequest request, String name) {
        String origin = Kind.VOLUME.name(volumeId);
        RbdImage image = rbd.find(origin).orElseThrow(() -> RbdVolumes.missing(volumeId));
        requireRoom(request, image.sizeBytes(), "volume");
        watchers.refuseInUse(origin, "The volume " + volumeId);
        workbench.make(name, aside -> {
            rbd.copy(origin, aside);
            grow(image.sizeBytes(), request, aside);
        });
    }

    private void cloneSnapshot(VolumeOrigin.OfSnapshot origin, VolumeRequest request, String name) {
        String parent = Kind.VOLUME.name(origin.volumeId());
        String snapshotName = origin.snapshotId().toString();
        RbdSnapshot snapshot = snapshots.list(parent).stream()
                .filter(each -> each.name().equals(snapshotName))
                .findFirst()
                .orElseThrow(() -> RbdSnapshots.missing(origin.snapshotId()));
        requireRoom(request, snapshot.sizeBytes(), "snapshot");
        if (!snapshot.isProtected()) {
            snapshots.protect(parent, snapshotName);
        }
        workbench.make(name, aside -> clone(parent, snapshotName, snapshot.sizeBytes(), request, aside));
    }

    /** An independent one is cloned too, since the clone keeps its parent from being removed meanwhile. */
    private void clone(String parent, String snapshot, long bytes, VolumeRequest request, String aside) {
        rbd.clone(parent, snapshot, aside);
        if (request.independent()) {
            rbd.flatten(aside);
        }
        grow(bytes, request, aside);
    }

    private void grow(long bytes, VolumeRequest request, String aside) {
        if (bytes < request.sizeBytes()) {
            rbd.grow(aside, request.sizeBytes());
        }
    }

    private static void requireRoom(VolumeRequest request, long originBytes, String origin) {
        if (request.sizeBytes() < originBytes) {
            throw StorageException.invalid(
                    "sizeBytes", "The volume must have at least the " + originBytes + " bytes of its " + origin + ".");
        }
    }
}
