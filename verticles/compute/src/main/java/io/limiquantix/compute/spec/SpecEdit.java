package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a spec becomes by an edit. */
public final class SpecEdit {
    private static final String DISK = "disk";
    private static final String NIC = "nic";

    private SpecEdit() {}

    /** How many devices of each kind the VM has by now. */
    public record Devices(int disks, int cdroms, int nics) {}

    /** @throws FailureException {@code INVALID} with the field that is not acceptable; {@code CONFLICT} for what cannot become of it */
    public static VmSpec of(VmSpec before, VmEdit edit, Devices devices) {
        MachineSpec old = MachineSpec.orPlain(before.machine());
        MachineSpec machine = machine(old, edit);
        refuseLosingChips(old, machine);
        List<String> order =
                edit.boot() == null ? before.bootOrder() : edit.boot().order();
        if (edit.boot() != null) {
            MachineRules.bootOrder(order, devices.disks(), devices.cdroms(), devices.nics());
        }
        VmSpec accepted = VmSpecRules.accept(new VmSpec(
                or(edit.name(), before.name()),
                or(edit.description(), before.description()),
                or(edit.vcpus(), before.vcpus()),
                or(edit.memoryBytes(), before.memoryBytes()),
                before.disks(),
                before.nics(),
                before.cloudInit(),
                edit.folder() == null ? before.folder() : edit.folder(),
                edit.labels() == null ? before.labels() : edit.labels().all(),
                machine,
                before.cdroms(),
                // Looked at above: the VM may have other devices by now than when it was made.
                List.of(),
                before.cloudbase(),
                before.ignition(),
                edit.atBoot() == null ? before.autostart() : edit.atBoot().start()));
        return withOrder(accepted, order);
    }

    /** The same with another boot order, whose devices are there. */
    public static VmSpec withOrder(VmSpec spec, List<String> order) {
        return with(spec, spec.cdroms(), order);
    }

    /** The same with these drives. */
    public static VmSpec withCdroms(VmSpec spec, List<Cdrom> cdroms) {
        return with(
                spec,
                cdroms.stream().map(drive -> new CdromSpec(drive.imageId())).toList(),
                spec.bootOrder());
    }

    /** The same where the disk of this number is gone; those behind it move up. */
    public static VmSpec withoutDisk(VmSpec spec, int index) {
        return without(spec, DISK, index);
    }

    /** The same where the network card of this number is gone. */
    public static VmSpec withoutNic(VmSpec spec, int index) {
        return without(spec, NIC, index);
    }

    private static VmSpec without(VmSpec spec, String kind, int index) {
        if (index < 0) {
            return spec;
        }
        List<String> order = spec.bootOrder().stream()
                .filter(name -> !name.equals(kind + index))
                .map(name ->
                        name.startsWith(kind) && number(name, kind) > index ? kind + (number(name, kind) - 1) : name)
                .toList();
        return withOrder(spec, order);
    }

    private static int number(String name, String kind) {
        return Integer.parseInt(name.substring(kind.length()));
    }

    private static VmSpec with(VmSpec spec, List<CdromSpec> cdroms, List<String> order) {
        return new VmSpec(
                spec.name(),
                spec.description(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.disks(),
                spec.nics(),
                spec.cloudInit(),
                spec.folder(),
                spec.labels(),
                spec.machine(),
                cdroms,
                order,
                spec.cloudbase(),
                spec.ignition(),
                spec.autostart());
    }

    /** Whether they are the same but for what people find a VM by, which no host has to know. */
    public static boolean sameMachine(VmSpec a, VmSpec b) {
        return a.vcpus() == b.vcpus()
                && a.memoryBytes() == b.memoryBytes()
                && Objects.equals(a.machine(), b.machine())
                && a.bootOrder().equals(b.bootOrder());
    }

    private static MachineSpec machine(MachineSpec old, VmEdit edit) {
        VmEdit.@Nullable Cpu cpu = edit.cpu();
        return new MachineSpec(
                cpu == null ? old.topology() : cpu.topology(),
                cpu == null ? old.cpuModel() : cpu.model(),
                or(edit.firmware(), old.firmware()),
                or(edit.secureBoot(), old.secureBoot()),
                or(edit.tpm(), old.tpm()),
                edit.watchdog() == null ? old.watchdog() : edit.watchdog().card(),
                cpu == null ? old.maxVcpus() : cpu.maxVcpus(),
                or(edit.clipboard(), old.clipboard()));
    }

    /** What a guest has stored in its chips would be lost, or not fit any more. */
    private static void refuseLosingChips(MachineSpec old, MachineSpec wanted) {
        boolean uefi = old.firmware() == Firmware.UEFI;
        if (uefi && (wanted.firmware() != Firmware.UEFI || wanted.secureBoot() != old.secureBoot())) {
            throw FailureException.conflict(
                    "A VM with the firmware uefi keeps it, and its secure boot as it is: what its guest has stored in"
                            + " the firmware's variables fits no other. Delete the VM, keep its disks, and create another"
                            + " with them.");
        }
        if (old.tpm() && !wanted.tpm()) {
            throw FailureException.conflict(
                    "A TPM stays with its VM: what its guest has locked with the keys in it could not be opened any"
                            + " more. Delete the VM, keep its disks, and create another with them.");
        }
    }

    private static <T> T or(@Nullable T wanted, T before) {
        return wanted == null ? before : wanted;
    }
}
