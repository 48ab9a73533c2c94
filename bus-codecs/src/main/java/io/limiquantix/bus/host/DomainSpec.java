package io.limiquantix.bus.host;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A domain as a host is to define it.
 *
 * @param name the VM's name; the host derives libvirt's domain name from it
 * @param digest SHA-256 of the accepted spec, kept in the domain's metadata
 * @param memoryBytes a multiple of 1 MiB
 * @param seedPath the cloud-init seed, as {@link HostStorageApi#MAKE_SEED} reported it
 * @param seedKind absent: for cloud-init
 * @param bootOrder what it tries to boot from, first to last, as "disk0", "cdrom0" or "nic0" and so on; none: the first disk
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
        @Nullable String seedPath,
        MachineSpec machine,
        List<Cdrom> cdroms,
        List<String> bootOrder,
        @Nullable SeedKind seedKind) {

    public DomainSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        // Absent in what an earlier version wrote.
        machine = Objects.requireNonNullElse(machine, MachineSpec.PLAIN);
        cdroms = List.copyOf(cdroms);
        bootOrder = List.copyOf(bootOrder);
    }

    /** A plain machine that boots from its first disk. */
    public DomainSpec(
            UUID vmId,
            String name,
            String description,
            String digest,
            int vcpus,
            long memoryBytes,
            List<Disk> disks,
            List<Nic> nics,
            @Nullable String seedPath) {
        this(
                vmId,
                name,
                description,
                digest,
                vcpus,
                memoryBytes,
                disks,
                nics,
                seedPath,
                MachineSpec.PLAIN,
                List.of(),
                List.of(),
                null);
    }

    /** The same machine with other network cards. */
    public DomainSpec withNics(List<Nic> others) {
        return new DomainSpec(
                vmId,
                name,
                description,
                digest,
                vcpus,
                memoryBytes,
                disks,
                others,
                seedPath,
                machine,
                cdroms,
                bootOrder,
                seedKind);
    }

    /**
     * A disk.
     *
     * @param format {@code qcow2} or {@code raw}, always stated and never probed
     * @param shareable whether other domains may have it at the same time
     */
    public record Disk(
            UUID volumeId, UUID poolId, String path, String format, boolean shareable, DiskHardware hardware) {
        public Disk {
            hardware = Objects.requireNonNullElse(hardware, DiskHardware.PLAIN);
        }

        /** One on virtio, of this domain alone. */
        public Disk(UUID volumeId, UUID poolId, String path, String format) {
            this(volumeId, poolId, path, format, false, DiskHardware.PLAIN);
        }
    }

    /** A CD-ROM drive with an ISO of a pool, or an empty one. */
    public record Cdrom(@Nullable UUID imageId, @Nullable UUID poolId) {}

    /**
     * A network interface.
     *
     * @param network libvirt's network name
     * @param mac lower case, colon-separated
     * @param protection absent: the guest may send with any address
     */
    public record Nic(
            String network,
            String mac,
            NicHardware hardware,
            @Nullable SpoofProtection protection) {
        public Nic {
            hardware = Objects.requireNonNullElse(hardware, NicHardware.PLAIN);
        }

        /** One that may send with any address. */
        public Nic(String network, String mac, NicHardware hardware) {
            this(network, mac, hardware, null);
        }

        /** One on virtio that is plugged in. */
        public Nic(String network, String mac) {
            this(network, mac, NicHardware.PLAIN);
        }
    }

    /**
     * Packets that the guest sends with an address that is not its own are dropped.
     *
     * @param addresses its IP addresses where they are known; none: the host learns them
     * @param learning absent: as is right for the network, which the host finds out
     */
    public record SpoofProtection(
            List<String> addresses, @Nullable Learning learning) {
        public SpoofProtection {
            addresses = List.copyOf(addresses);
        }
    }

    /** How a host learns a guest's IP address. */
    public enum Learning {
        /** From the lease that a DHCP server gives it. */
        DHCP,
        /** From the first packet that it sends, or its lease. */
        ANY,
        /** Not at all: only its MAC address is looked at. */
        NONE
    }
}
