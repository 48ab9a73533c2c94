package io.limiquantix.bus.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The virtual machine that an appliance describes, in its makers' words.
 *
 * @param name empty where they gave it none
 * @param product with vendor and version, absent where nobody says
 * @param operatingSystem absent where nobody says
 * @param firmware {@code bios} or {@code uefi}
 * @param disks in the order in which the machine counts them
 */
public record ApplianceHardware(
        String name,
        @Nullable String product,
        @Nullable String operatingSystem,
        int vcpus,
        long memoryBytes,
        String firmware,
        List<Nic> nics,
        List<Disk> disks) {

    public ApplianceHardware {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    /** @param network what its makers call the network that it belongs to, absent where it belongs to none */
    public record Nic(@Nullable String network) {}

    /** @param fileName of its bytes in the archive, absent for a disk that begins empty */
    public record Disk(long capacityBytes, @Nullable String fileName) {}
}
