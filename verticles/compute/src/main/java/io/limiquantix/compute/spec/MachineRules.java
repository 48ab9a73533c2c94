package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be said of the machine around the disks and network cards. */
final class MachineRules {
    private static final Pattern CPU_MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_CDROMS = 4;
    private static final int MOST_BOOT_ENTRIES = 28;

    private MachineRules() {}

    static void check(VmSpec spec) {
        MachineSpec machine = MachineSpec.orPlain(spec.machine());
        @Nullable Integer most = machine.maxVcpus();
        Check.that(
                most == null || (most >= spec.vcpus() && most <= VmSpecRules.MOST_VCPUS),
                "cpu.maxVcpus",
                "The most vCPUs that a VM can have are at least as many as it has, and at most "
                        + VmSpecRules.MOST_VCPUS + "; " + most + " is not.");
        topology(machine.topology(), machine.vcpusAtMost(spec.vcpus()));
        if (machine.cpuModel() != null) {
            Check.matches(
                    machine.cpuModel(),
                    CPU_MODEL,
                    "cpu.model",
                    "a CPU model has 1 to 64 letters, digits, \".\", \"_\" or \"-\".");
        }
        Check.that(
                !machine.secureBoot() || machine.firmware() == Firmware.UEFI,
                "secureBoot",
                "Secure boot needs the firmware uefi; a BIOS checks no signatures.");
        Check.that(
                spec.cdroms().size() <= MOST_CDROMS, "cdroms", "A VM has at most " + MOST_CDROMS + " CD-ROM drives.");
        bootOrder(spec);
    }

    private static void topology(@Nullable CpuTopology topology, int vcpus) {
        if (topology == null) {
            return;
        }
        Check.that(topology.sockets() >= 1, "cpu.sockets", "There is at least 1 socket.");
        Check.that(topology.cores() >= 1, "cpu.cores", "A socket has at least 1 core.");
        Check.that(topology.threads() >= 1, "cpu.threads", "A core has at least 1 thread.");
        long product = (long) topology.sockets() * topology.cores() * topology.threads();
        Check.that(
                product == vcpus,
                "cpu",
                topology.sockets() + " sockets with " + topology.cores() + " cores of " + topology.threads()
                        + " threads make " + product + " vCPUs, and the VM is to have " + vcpus
                        + ", or that many at most; let the two agree.");
    }

    private static void bootOrder(VmSpec spec) {
        bootOrder(
                spec.bootOrder(),
                spec.disks().size(),
                spec.cdroms().size(),
                spec.nics().size());
    }

    /** What a VM that has so many devices may boot from. */
    static void bootOrder(List<String> order, int disks, int cdroms, int nics) {
        Check.that(order.size() <= MOST_BOOT_ENTRIES, "bootOrder", "The boot order is too long.");
        Set<String> there = Stream.of(names("disk", disks), names("cdrom", cdroms), names("nic", nics))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < order.size(); i++) {
            String field = "bootOrder[" + i + "]";
            Check.that(
                    there.contains(order.get(i)),
                    field,
                    "The VM has no " + Check.shown(order.get(i)) + ", only "
                            + String.join(", ", there.stream().sorted().toList()) + ".");
            Check.that(seen.add(order.get(i)), field, Check.shown(order.get(i)) + " is in the boot order twice.");
        }
    }

    private static Stream<String> names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + i);
    }
}
