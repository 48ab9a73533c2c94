package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeOrigin;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the thin volume of a new volume. None depends on its origin: thin volumes share blocks as equals. */
final class VolumeMaking {
    private static final Duration UNTIL_IT_IS_WRITTEN = Duration.ofDays(1);

    private final VolumeGroup group;
    private final Workbench workbench;
    private final Tool tool;

    VolumeMaking(VolumeGroup group, Workbench workbench, Tool tool) {
        this.group = group;
        this.workbench = workbench;
        this.tool = tool;
    }

    /** The volume that is not to change while the new one is made; an image never does. */
    static UUID originOf(VolumeRequest request) {
        return switch (request.origin()) {
            case VolumeOrigin.Zeroes _, VolumeOrigin.OfImage _ -> request.id();
            case VolumeOrigin.OfVolume origin -> origin.volumeId();
            case VolumeOrigin.OfSnapshot origin -> origin.volumeId();
        };
    }

    /** @param there what the group holds, the new volume not among it */
    void make(VolumeRequest request, List<LogicalVolume> there) {
        switch (request.origin()) {
            case VolumeOrigin.Zeroes _ -> makeEmpty(request, there);
            case VolumeOrigin.OfImage origin -> makeOfImage(origin.imageId(), request, there);
            case VolumeOrigin.OfVolume origin ->
                makeOf(LvmVolumes.require(there, origin.volumeId()), "volume", request, there);
            case VolumeOrigin.OfSnapshot origin -> {
                LogicalVolume snapshot = LvmSnapshots.require(there, origin.volumeId(), origin.snapshotId());
                makeOf(snapshot, "snapshot", request, there);
            }
        }
    }

    private void makeEmpty(VolumeRequest request, List<LogicalVolume> there) {
        String name = Kind.VOLUME.name(request.id());
        long bytes = group.roundedUp(request.sizeBytes());
        if (request.preallocation() == Preallocation.THIN) {
            group.create(name, bytes, List.of());
            return;
        }
        workbench.make(there, name, aside -> {
            group.create(aside, bytes, List.of());
            writeZeroes(aside);
        });
    }

    /** A thin pool hands out blocks when they are written, so all are. */
    private void writeZeroes(String volume) {
        try {
            tool.run(CommandLine.of(
                            "blkdiscard", "--zeroout", group.device(volume).toString())
                    .within(UNTIL_IT_IS_WRITTEN));
        } catch (ToolException e) {
            boolean full = StorageException.saysFull(e.errorOutput());
            throw new StorageException(
                    full ? StorageException.Reason.NO_SPACE : StorageException.Reason.FAILED,
                    "The volume's space cannot be taken: " + e.getMessage(),
                    Map.of(),
                    e);
        }
    }

    private void makeOfImage(UUID imageId, VolumeRequest request, List<LogicalVolume> there) {
        LogicalVolume image = LvmImages.require(there, imageId);
        if (ImageFacts.read(imageId, image).format() == ImageFormat.ISO) {
            throw StorageException.invalid("imageId", "An ISO image cannot become a disk.");
        }
        long least = ImageFacts.read(imageId, image).virtualSizeBytes();
        if (request.sizeBytes() < least) {
            throw tooSmall(least, "image");
        }
        makeOf(image, "image", request, there);
    }

    private void makeOf(LogicalVolume origin, String kind, VolumeRequest request, List<LogicalVolume> there) {
        String name = Kind.VOLUME.name(request.id());
        long bytes = group.roundedUp(request.sizeBytes());
        if (bytes < origin.sizeBytes()) {
            throw tooSmall(origin.sizeBytes(), kind);
        }
        if (bytes == origin.sizeBytes()) {
            group.cloneOf(origin.name(), name);
            return;
        }
        workbench.make(there, name, aside -> {
            group.cloneOf(origin.name(), aside);
            group.grow(aside, bytes);
        });
    }

    private static StorageException tooSmall(long least, String origin) {
        return StorageException.invalid(
                "sizeBytes", "The volume must have at least the " + least + " bytes of its " + origin + ".");
    }
}
