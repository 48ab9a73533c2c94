package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a VM, as in {@link VmSpec}; what is absent stays as it is.
 *
 * @param folder empty: in none
 * @param cpu the whole of it
 */
public record VmEdit(
        @Nullable String name,
        @Nullable String description,
        @Nullable String folder,
        @Nullable Labels labels,
        @Nullable Integer vcpus,
        @Nullable Long memoryBytes,
        @Nullable Cpu cpu,
        @Nullable Firmware firmware,
        @Nullable Boolean secureBoot,
        @Nullable Boolean tpm,
        @Nullable Boolean clipboard,
        @Nullable WatchdogCard watchdog,
        @Nullable Boot boot,
        @Nullable AtBoot atBoot) {

    /** All of them. */
    public record Labels(Map<String, String> all) {
        public Labels {
            all = Map.copyOf(all);
        }
    }

    /** As in {@link io.limiquantix.bus.host.MachineSpec}; what is absent is as by default. */
    public record Cpu(
            @Nullable String model,
            @Nullable CpuTopology topology,
            @Nullable Integer maxVcpus) {}

    /** @param card absent: none */
    public record WatchdogCard(@Nullable Watchdog card) {}

    /** @param start absent: it is left off */
    public record AtBoot(@Nullable Autostart start) {}

    /** @param order none: what is sensible */
    public record Boot(List<String> order) {
        public Boot {
            order = List.copyOf(order);
        }
    }
}
