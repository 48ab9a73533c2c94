package io.limiquantix.storage;

import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.ApplianceHardware.Disk;
import io.limiquantix.bus.host.ApplianceHardware.Nic;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the description of an appliance says that is exported. */
final class ExportedMachine {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    /** As vSphere calls the one that is there from the beginning. */
    private static final String USUAL_NETWORK = "VM Network";

    private ExportedMachine() {}

    /** @param system what is known of the system on its first disk */
    static ApplianceHardware of(VmView vm, @Nullable OperatingSystem system) {
        return new ApplianceHardware(
                vm.spec().name(),
                null,
                words(system),
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                word(MachineSpec.orPlain(vm.spec().machine()).firmware()),
                vm.nics().stream().map(nic -> new Nic(nic.network())).toList(),
                vm.disks().stream()
                        .map(disk -> new Disk(disk.sizeBytes(), null))
                        .toList());
    }

    /** A disk alone becomes a small machine that its system is able to run in. */
    static ApplianceHardware of(ImageView image) {
        Optional<OperatingSystem> system = Optional.ofNullable(image.operatingSystem());
        long memory =
                Math.max(GIB, system.map(OperatingSystem::leastMemoryBytes).orElse(0L));
        Firmware firmware = system.map(OperatingSystem::firmware).orElse(Firmware.BIOS);
        return new ApplianceHardware(
                image.name(),
                null,
                words(image.operatingSystem()),
                1,
                (memory + MIB - 1) / MIB * MIB,
                word(firmware),
                List.of(new Nic(USUAL_NETWORK)),
                List.of(new Disk(image.virtualSizeBytes(), null)));
    }

    /** As its makers described it. */
    static ApplianceHardware of(ImageView image, Appliance appliance) {
        return new ApplianceHardware(
                appliance.name().isEmpty() ? image.name() : appliance.name(),
                appliance.product(),
                appliance.operatingSystem(),
                appliance.vcpus(),
                appliance.memoryBytes(),
                appliance.firmware(),
                appliance.nics(),
                appliance.disks().stream()
                        .map(disk -> new Disk(disk.capacityBytes(), null))
                        .toList());
    }

    private static String word(Firmware firmware) {
        return firmware.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String words(@Nullable OperatingSystem system) {
        if (system == null) {
            return null;
        }
        String words = Stream.of(system.distribution(), system.version())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? null : words;
    }
}
