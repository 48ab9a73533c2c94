package io.limiquantix.bus.compute;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as its owner wants it.
 *
 * @param name 1 to 63 characters: letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter or digit
 * @param memoryBytes a multiple of 1 MiB
 * @param disks the first is the boot disk
 * @param cloudInit how somebody logs in, absent for a guest that is not set up by cloud-init
 */
public record VmSpec(
        String name,
        String description,
        int vcpus,
        long memoryBytes,
        List<DiskSpec> disks,
        List<NicSpec> nics,
        @Nullable CloudInit cloudInit) {

    public VmSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /**
     * @param imageId what the disk begins with, absent for an empty one
     * @param sizeBytes absent: the image's own size
     * @param poolId absent: the platform chooses
     */
    public record DiskSpec(
            @Nullable UUID imageId,
            @Nullable Long sizeBytes,
            @Nullable UUID poolId) {}

    /**
     * @param mac absent: taken from the platform's range
     */
    public record NicSpec(String network, @Nullable String mac) {}
}
