package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.scheduler.HostView;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which hosts can make the machine that a spec asks for. */
final class CapableHosts {
    private static final int SHOWN_MODELS = 30;

    private final @Nullable UUID chosen;
    private List<HostView> left;
    private boolean choosy;

    private CapableHosts(List<HostView> hosts, @Nullable UUID chosen) {
        this.chosen = chosen;
        this.left = hosts.stream()
                .filter(host -> chosen == null || host.id().equals(chosen))
                .toList();
        this.choosy = chosen != null;
    }

    /**
     * Absent when any will do.
     *
     * @param chosen the host that the user chose
     * @throws FailureException {@code INVALID} with the first field that no host can do, and why
     */
    static @Nullable Set<UUID> of(VmSpec spec, @Nullable UUID chosen, List<HostView> hosts) {
        CapableHosts capable = new CapableHosts(hosts, chosen);
        capable.narrow(MachineSpec.orPlain(spec.machine()));
        return capable.choosy ? capable.left.stream().map(HostView::id).collect(Collectors.toSet()) : null;
    }

    private void narrow(MachineSpec machine) {
        if (machine.firmware() == Firmware.UEFI) {
            require(MachineOffers::uefi, "firmware", "a firmware for UEFI; install Debian's package ovmf there");
        }
        if (machine.secureBoot()) {
            require(
                    MachineOffers::secureBoot,
                    "secureBoot",
                    "a firmware that checks signatures; install Debian's package ovmf there");
        }
        if (machine.tpm()) {
            require(
                    MachineOffers::tpm,
                    "tpm",
                    "an emulator of TPMs; install Debian's packages swtpm and swtpm-tools there");
        }
        String model = machine.cpuModel();
        if (model != null) {
            require(offers -> offers.cpuModels().contains(model), "cpu.model", modelRefusal(model));
        }
        Watchdog watchdog = machine.watchdog();
        if (watchdog != null) {
            String word = watchdog.model().name().toLowerCase(Locale.ROOT);
            require(
                    offers -> offers.watchdogs().contains(word),
                    "watchdog.model",
                    "the watchdog " + word + ", which needs a newer libvirt; i6300esb is there everywhere");
        }
    }

    private String modelRefusal(String model) {
        boolean emulated = left.stream().map(HostView::capabilities).allMatch(CapableHosts::emulates);
        String why = emulated && model.equals(MachineSpec.HOST_PASSTHROUGH)
                ? " to hand through: guests are emulated there, as there is no KVM"
                : "";
        String models = left.stream()
                .map(HostView::capabilities)
                .filter(able -> able != null && able.offers() != null)
                .flatMap(able -> able.offers().cpuModels().stream())
                .distinct()
                .sorted()
                .limit(SHOWN_MODELS)
                .collect(Collectors.joining(", "));
        return "the CPU model " + model + why + (models.isEmpty() ? "" : ". There are: " + models);
    }

    private static boolean emulates(@Nullable HostCapabilities able) {
        return able != null && able.accelerator() == Accelerator.TCG;
    }

    private void require(Predicate<MachineOffers> able, String field, String what) {
        choosy = true;
        List<HostView> before = left;
        left = before.stream()
                .filter(host -> {
                    HostCapabilities known = host.capabilities();
                    return known != null && known.offers() != null && able.test(known.offers());
                })
                .toList();
        if (left.isEmpty()) {
            String who = chosen != null && before.size() == 1
                    ? "The host " + before.getFirst().name() + " does not have "
                    : "No host has ";
            throw FailureException.invalid(field, who + what + ".");
        }
    }
}
