package io.limiquantix.bus.images;

import io.limiquantix.bus.host.ApplianceHardware.Nic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine of the library: its hardware as its makers describe it, and images for its disks.
 *
 * @param name empty where they gave it none
 * @param product with vendor and version, absent where nobody says
 * @param operatingSystem in their words, absent where nobody says
 * @param firmware {@code bios} or {@code uefi}
 * @param disks in the order in which the machine counts them
 */
public record Appliance(
        String name,
        @Nullable String product,
        @Nullable String operatingSystem,
        int vcpus,
        long memoryBytes,
        String firmware,
        List<Nic> nics,
        List<Disk> disks) {

    public Appliance {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    /** @param imageId what it begins with, absent for a disk that begins empty */
    public record Disk(long capacityBytes, @Nullable UUID imageId) {}
}
