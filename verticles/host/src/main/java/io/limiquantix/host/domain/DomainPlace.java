package io.limiquantix.host.domain;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a host adds to a domain's specification.
 *
 * @param libvirtName the domain's name in libvirt
 * @param memoryBytes of the host
 * @param serialSocket where QEMU listens for the first serial port
 * @param disks where each volume of the specification lies
 * @param isos where each image in a CD-ROM drive lies
 * @param seed where the cloud-init seed lies, if there is one
 */
public record DomainPlace(
        String libvirtName,
        Accelerator accelerator,
        long memoryBytes,
        Path serialSocket,
        Map<UUID, PlacedDisk> disks,
        Map<UUID, Path> isos,
        @Nullable PlacedDisk seed) {
    public DomainPlace {
        disks = Map.copyOf(disks);
        isos = Map.copyOf(isos);
    }

    PlacedDisk disk(UUID volumeId) {
        PlacedDisk disk = disks.get(volumeId);
        if (disk == null) {
            throw new IllegalArgumentException("the volume " + volumeId + " has no place");
        }
        return disk;
    }

    Path iso(UUID imageId) {
        Path iso = isos.get(imageId);
        if (iso == null) {
            throw new IllegalArgumentException("the image " + imageId + " has no place");
        }
        return iso;
    }
}
