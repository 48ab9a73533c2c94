package io.limiquantix.bus.host;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain that libvirt has and that nobody defined through us, as far as its definition can be read.
 *
 * @param vcpus 0 where the definition does not say
 * @param memoryBytes 0 where the definition does not say
 * @param firmware {@code bios} or {@code uefi}
 * @param persistent whether libvirt keeps it once it is off
 * @param reasons why it cannot be taken over as it is, in sentences; none: nothing that its host knows of stands in the way
 */
public record UnmanagedDomain(
        UUID uuid,
        String name,
        PowerState state,
        int vcpus,
        long memoryBytes,
        String firmware,
        boolean persistent,
        List<Disk> disks,
        List<Nic> nics,
        List<String> reasons) {
    public UnmanagedDomain {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        reasons = List.copyOf(reasons);
    }

    /**
     * A disk or a drive.
     *
     * @param target libvirt's name of it, for instance {@code vda}
     * @param device {@code disk}, {@code cdrom}, {@code floppy} or {@code lun}
     * @param kind where its bytes are, in libvirt's word: {@code file}, {@code block}, {@code network}, {@code volume} and others
     * @param source the file, device or name in the network; absent: a drive without a medium
     * @param format as the definition says it, absent where it does not
     * @param sizeBytes what the guest sees; absent where libvirt does not say
     * @param poolId the pool that can have the file as a volume where it is: it lies in its folder, or on the same file system
     */
    public record Disk(
            String target,
            String device,
            String kind,
            @Nullable String source,
            @Nullable String format,
            @Nullable Long sizeBytes,
            String bus,
            @Nullable UUID poolId) {}

    /**
     * A network card.
     *
     * @param kind what it is on, in libvirt's word: {@code network}, {@code bridge}, {@code direct}, {@code user} and others
     * @param source the name of that; absent where it has none
     */
    public record Nic(String mac, String kind, @Nullable String source, String model) {}
}
