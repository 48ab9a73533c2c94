package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.compute.spec.BootOrder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The edit that makes of a VM's spec the machine that somebody else defined, from how the host words the differences. */
final class AcceptedMachine {
    private static final Pattern TOPOLOGY = Pattern.compile("(\\d+) sockets with (\\d+) cores of (\\d+) threads");
    private static final Pattern WATCHDOG = Pattern.compile("(\\w+), (\\w+)");
    private static final Pattern BETWEEN = Pattern.compile(", ");

    private final StoredVm vm;
    private @Nullable String description;
    private @Nullable Integer vcpus;
    private @Nullable Long memoryBytes;
    private @Nullable String cpuModel;
    private @Nullable CpuTopology topology;
    private int maxVcpus;
    private boolean cpuChanged;
    private @Nullable Firmware firmware;
    private @Nullable Boolean secureBoot;
    private @Nullable Boolean tpm;
    private @Nullable Boolean clipboard;
    private VmEdit.@Nullable WatchdogCard watchdog;
    private VmEdit.@Nullable Boot boot;

    AcceptedMachine(StoredVm vm) {
        this.vm = vm;
        MachineSpec machine = MachineSpec.orPlain(vm.spec().machine());
        cpuModel = machine.cpuModel();
        topology = machine.topology();
        maxVcpus = machine.maxVcpus() == null ? vm.spec().vcpus() : machine.maxVcpus();
    }

    /**
     * The obstacle; null where there is none.
     *
     * @throws IllegalArgumentException when a spec has no word for what was found
     */
    @Nullable
    String take(Difference difference) {
        String found = difference.found();
        return switch (difference.field()) {
            case "description" -> taken(() -> description = found.strip());
            case "memoryBytes" -> taken(() -> memoryBytes = Long.valueOf(found));
            case "firmware" -> taken(() -> firmware = Firmware.valueOf(found.toUpperCase(Locale.ROOT)));
            case "secureBoot" -> taken(() -> secureBoot = Boolean.valueOf(found));
            case "tpm" -> taken(() -> tpm = Boolean.valueOf(found));
            case "clipboard" -> taken(() -> clipboard = Boolean.valueOf(found));
            case "watchdog" -> taken(() -> watchdog = watchdog(found));
            case "bootOrder" -> boot(difference);
            default -> cpu(difference.field(), found);
        };
    }

    private static @Nullable String taken(Runnable taking) {
        taking.run();
        return null;
    }

    private @Nullable String cpu(String field, String found) {
        switch (field) {
            case "vcpus" -> vcpus = Integer.valueOf(found);
            case "cpu.maxVcpus" -> maxVcpus = Integer.parseInt(found);
            case "cpu.model" -> cpuModel = found.isEmpty() ? null : found;
            case "cpu.topology" -> topology = topology(found);
            default -> {
                return "LimiQuantix has no setting for it.";
            }
        }
        cpuChanged = true;
        return null;
    }

    private static @Nullable CpuTopology topology(String found) {
        if (found.isEmpty()) {
            return null;
        }
        Matcher parts = matched(TOPOLOGY, found);
        return new CpuTopology(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    private static VmEdit.WatchdogCard watchdog(String found) {
        if (found.isEmpty()) {
            return new VmEdit.WatchdogCard(null);
        }
        Matcher parts = matched(WATCHDOG, found);
        return new VmEdit.WatchdogCard(new Watchdog(
                WatchdogModel.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                WatchdogAction.valueOf(parts.group(2).toUpperCase(Locale.ROOT))));
    }

    private static Matcher matched(Pattern pattern, String found) {
        Matcher parts = pattern.matcher(found);
        if (!parts.matches()) {
            throw new IllegalArgumentException(found);
        }
        return parts;
    }

    /** The host names devices by its own names; which is which says the order that it was expected to find. */
    private @Nullable String boot(Difference difference) {
        List<String> ours = BootOrder.of(vm.spec());
        List<String> theirs = BETWEEN.splitAsStream(difference.expected()).toList();
        List<String> found = BETWEEN.splitAsStream(difference.found()).toList();
        if (theirs.size() != ours.size() || !theirs.containsAll(found)) {
            return "Only the devices that the VM is told to boot from can be in another order; give it the boot order here.";
        }
        boot = new VmEdit.Boot(
                found.stream().map(device -> ours.get(theirs.indexOf(device))).toList());
        return null;
    }

    VmEdit edit() {
        int now = vcpus == null ? vm.spec().vcpus() : vcpus;
        Integer most = maxVcpus > now ? Integer.valueOf(maxVcpus) : null;
        VmEdit.Cpu cpu = cpuChanged ? new VmEdit.Cpu(cpuModel, topology, most) : null;
        return new VmEdit(
                null,
                description,
                null,
                null,
                vcpus,
                memoryBytes,
                cpu,
                firmware,
                secureBoot,
                tpm,
                clipboard,
                watchdog,
                boot,
                null);
    }
}
