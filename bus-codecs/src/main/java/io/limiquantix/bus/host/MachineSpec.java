package io.limiquantix.bus.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The machine that a guest finds, beside its disks and network cards.
 *
 * @param topology how its vCPUs are arranged; absent: each is a socket
 * @param cpuModel {@code host-passthrough}, {@code host-model}, {@code x86-64-v2}, {@code x86-64-v3} or a model of QEMU that a host
 *     says it has; absent: the host's own processor, or what TCG emulates quickest
 * @param secureBoot whether only signed systems start, which takes UEFI
 * @param tpm whether it has a TPM 2.0
 * @param watchdog absent: none that we give it
 * @param maxVcpus how many vCPUs it can have without being started anew, at least as many as it has; absent: as many as it has
 * @param clipboard whether whoever looks at its screen shares a clipboard with it; not in what an earlier version wrote
 */
public record MachineSpec(
        @Nullable CpuTopology topology,
        @Nullable String cpuModel,
        Firmware firmware,
        boolean secureBoot,
        boolean tpm,
        @Nullable Watchdog watchdog,
        @Nullable Integer maxVcpus,
        boolean clipboard) {

    public static final String HOST_PASSTHROUGH = "host-passthrough";
    public static final String HOST_MODEL = "host-model";
    /** The levels of the x86-64 psABI, without what is said of anybody's product. */
    public static final String LEVEL_2 = "x86-64-v2";

    public static final String LEVEL_3 = "x86-64-v3";

    /** Where nothing was said. */
    public static final MachineSpec PLAIN = new MachineSpec(null, null, Firmware.BIOS, false, false, null, null, false);

    public MachineSpec {
        // Absent in what an earlier version wrote.
        firmware = Objects.requireNonNullElse(firmware, Firmware.BIOS);
    }

    /** As many vCPUs as its processor has places for. */
    public int vcpusAtMost(int vcpus) {
        return maxVcpus == null ? vcpus : maxVcpus;
    }

    public static MachineSpec orPlain(@Nullable MachineSpec said) {
        return said == null ? PLAIN : said;
    }

    /** All three are at least 1, and their product is the number of vCPUs that there can be. */
    public record CpuTopology(int sockets, int cores, int threads) {}

    /** A device that does something to a guest that does not feed it any more. */
    public record Watchdog(WatchdogModel model, WatchdogAction action) {}

    public enum WatchdogModel {
        /** A PCI card, which any host has. */
        @JsonProperty("i6300esb")
        I6300ESB,
        /** The one in the q35 chip set; libvirt 9.1 and later. */
        @JsonProperty("itco")
        ITCO
    }

    public enum WatchdogAction {
        @JsonProperty("reset")
        RESET,
        /** As somebody who presses the power button. */
        @JsonProperty("shutdown")
        SHUTDOWN,
        @JsonProperty("poweroff")
        POWEROFF,
        @JsonProperty("pause")
        PAUSE,
        @JsonProperty("none")
        NONE
    }
}
