package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses hardware that cannot become a domain. */
final class MachineCheck {
    private static final Pattern CPU_MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern BOOT = Pattern.compile("(disk|cdrom|nic)(\\d{1,2})");
    private static final int MAX_CDROMS = 8;

    private MachineCheck() {}

    static void check(MachineSpec machine, int vcpus) {
        int most = machine.vcpusAtMost(vcpus);
        require(most >= vcpus, "machine.maxVcpus", "There are more vCPUs than there can be.");
        if (machine.topology() != null) {
            var topology = machine.topology();
            long product = (long) topology.sockets() * topology.cores() * topology.threads();
            require(
                    topology.sockets() > 0 && topology.cores() > 0 && product == most,
                    "machine.topology",
                    "Sockets, cores and threads do not make up the number of vCPUs.");
        }
        require(
                machine.cpuModel() == null
                        || CPU_MODEL.matcher(machine.cpuModel()).matches(),
                "machine.cpuModel",
                "That is no name of a CPU model.");
        require(
                !machine.secureBoot() || machine.firmware() == Firmware.UEFI,
                "machine.secureBoot",
                "Secure boot takes UEFI.");
    }

    static void check(DomainSpec spec) {
        check(spec.machine(), spec.vcpus());
        spec.disks().forEach(MachineCheck::disk);
        require(spec.cdroms().size() <= MAX_CDROMS, "cdroms", "There are more than " + MAX_CDROMS + " CD-ROM drives.");
        for (DomainSpec.Cdrom cdrom : spec.cdroms()) {
            require((cdrom.imageId() == null) == (cdrom.poolId() == null), "cdroms", "An ISO lies in a pool.");
        }
        bootOrder(spec);
    }

    private static void disk(DomainSpec.Disk disk) {
        require(
                !disk.hardware().ioThread() || disk.hardware().bus() == DiskBus.VIRTIO,
                "disks.ioThread",
                "A disk with an I/O thread of its own is on virtio.");
        @Nullable Limits limits = disk.hardware().limits();
        if (limits != null) {
            boolean positive = Stream.of(
                            limits.readIops(),
                            limits.writeIops(),
                            limits.readBytesPerSecond(),
                            limits.writeBytesPerSecond())
                    .allMatch(limit -> limit == null || limit > 0);
            require(positive, "disks.limits", "A limit is at least 1.");
        }
    }

    private static void bootOrder(DomainSpec spec) {
        Set<String> seen = new HashSet<>();
        for (String name : spec.bootOrder()) {
            require(isThere(spec, name) && seen.add(name), "bootOrder", "The boot order names each device once.");
        }
    }

    private static boolean isThere(DomainSpec spec, String name) {
        var matcher = BOOT.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        List<?> devices =
                switch (matcher.group(1)) {
                    case "disk" -> spec.disks();
                    case "cdrom" -> spec.cdroms();
                    default -> spec.nics();
                };
        return Integer.parseInt(matcher.group(2)) < devices.size();
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw FailureException.invalid(field, message);
        }
    }
}
