package io.limiquantix.storage.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine that comes as one archive with its disks, as its makers describe it (DMTF DSP0243, "Open Virtualization Format").
 * All of it is text and numbers of somebody else: cleaned of control characters and within bounds, and not true because of that.
 *
 * @param product with vendor and version, absent where nobody says
 * @param operatingSystem in its makers' words, absent where nobody says
 * @param memoryBytes at least 1 MiB
 * @param disks in the order in which the machine counts them
 */
public record Appliance(
        String name,
        @Nullable String product,
        @Nullable String operatingSystem,
        int vcpus,
        long memoryBytes,
        Firmware firmware,
        List<Nic> nics,
        List<Disk> disks) {

    public Appliance {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    public enum Firmware {
        BIOS,
        UEFI
    }

    /** @param network what its makers call the network that it belongs to, absent where it belongs to none */
    public record Nic(@Nullable String network) {}

    /**
     * @param capacityBytes as the description says it
     * @param file what it holds, absent for one that begins empty
     */
    public record Disk(long capacityBytes, @Nullable DiskFile file) {}

    /**
     * A disk's file inside of the archive.
     *
     * @param name only for people
     * @param offset where it begins in the archive
     * @param bytes how many it has there
     * @param compression absent for none
     * @param sha256 of those bytes, lower case hexadecimal
     */
    public record DiskFile(
            String name, long offset, long bytes, @Nullable Compression compression, String sha256) {}
}
