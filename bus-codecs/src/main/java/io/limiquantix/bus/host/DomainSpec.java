package io.limiquantix.bus.host;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain as a host is to define it.
 *
 * @param name the VM's name; the host derives libvirt's domain name from it
 * @param digest SHA-256 of the accepted spec, kept in the domain's metadata
 * @param memoryBytes a multiple of 1 MiB
 * @param seedPath the cloud-init seed, as {@link HostStorageApi#MAKE_SEED} reported it
 */
public record DomainSpec(
        UUID vmId,
        String name,
        String description,
        String digest,
        int vcpus,
        long memoryBytes,
        List<Disk> disks,
        List<Nic> nics,
        @Nullable String seedPath) {

    public DomainSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    /**
     * A disk, first is bootable.
     *
     * @param format {@code qcow2} or {@code raw}, always stated and never probed
     */
    public record Disk(UUID volumeId, UUID poolId, String path, String format) {}

    /**
     * A network interface.
     *
     * @param network libvirt's network name
     * @param mac lower case, colon-separated
     */
    public record Nic(String network, String mac) {}
}
