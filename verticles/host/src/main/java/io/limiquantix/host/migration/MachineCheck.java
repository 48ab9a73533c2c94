package io.limiquantix.host.migration;

import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.host.libvirt.DomainProcessors.Emulator;
import java.util.Optional;

/** Whether a host has such a machine as a running domain is, its processor apart. */
final class MachineCheck {
    private MachineCheck() {}

    /** @param type by which domains run at the host, as libvirt calls it */
    static Optional<String> obstacle(DomainCpu cpu, String type, Emulator emulator) {
        if (!type.equals(cpu.domainType())) {
            return Optional.of("The virtual machine runs by " + words(cpu.domainType())
                    + ", and the host runs virtual machines by " + words(type)
                    + ": a running guest cannot go from one to the other. Choose another host, or shut the virtual machine"
                    + " down first.");
        }
        if (QemuVersion.of(emulator.qemu()).isOlderThan(QemuVersion.of(cpu.qemuVersion()))) {
            return Optional.of("The virtual machine runs on QEMU " + QemuVersion.of(cpu.qemuVersion())
                    + ", and the host has the older QEMU " + QemuVersion.of(emulator.qemu())
                    + ": a running guest goes only to the same version or a newer one. Update QEMU on the host, or choose"
                    + " another host.");
        }
        if (!emulator.machines().contains(cpu.machineType())) {
            return Optional.of("QEMU " + QemuVersion.of(emulator.qemu()) + " on the host has no machine type "
                    + cpu.machineType() + " (" + cpu.architecture()
                    + "), as the virtual machine has. Choose a host whose QEMU has it, or shut the virtual machine down"
                    + " first.");
        }
        return Optional.empty();
    }

    private static String words(String type) {
        return switch (type) {
            case "kvm" -> "KVM";
            case "qemu" -> "QEMU's emulation (TCG)";
            default -> type;
        };
    }
}
