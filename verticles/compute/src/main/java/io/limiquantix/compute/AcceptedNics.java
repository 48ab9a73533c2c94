package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PowerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a VM's network cards are where somebody else defined that, from how the host words the differences. */
final class AcceptedNics {
    private final StoredVm vm;
    private final Map<String, NicHardware> changed = new LinkedHashMap<>();

    AcceptedNics(StoredVm vm) {
        this.vm = vm;
    }

    /**
     * The obstacle; null where there is none.
     *
     * @throws IllegalArgumentException when a card has no word for what was found
     */
    @Nullable
    String take(Difference difference) {
        String field = difference.field();
        Optional<Nic> known = vm.nics().stream()
                .filter(nic -> field.startsWith("nics." + nic.mac() + "."))
                .findFirst();
        if (known.isEmpty()) {
            return "Cards come and go by LimiQuantix alone, which gives each address once.";
        }
        String mac = known.get().mac();
        NicHardware was =
                changed.getOrDefault(mac, NicHardware.orPlain(known.get().hardware()));
        String found = difference.found();
        return switch (field.substring(field.lastIndexOf('.') + 1)) {
            case "model" -> model(mac, was, NicHardware.Model.valueOf(found.toUpperCase(Locale.ROOT)));
            case "link" -> {
                changed.put(
                        mac, new NicHardware(was.model(), found.equals("up"), was.bandwidth(), was.allowSpoofing()));
                yield null;
            }
            default -> "Give the card another network here, so that it is known who may use that.";
        };
    }

    private @Nullable String model(String mac, NicHardware was, NicHardware.Model found) {
        if (vm.powerState() != PowerState.STOPPED && vm.powerState() != PowerState.CRASHED) {
            return "The model of a card can only be changed while the VM is off; shut it down first.";
        }
        changed.put(mac, new NicHardware(found, was.linkUp(), was.bandwidth(), was.allowSpoofing()));
        return null;
    }

    /** Those that are other cards from now on. */
    List<Nic> nics() {
        return vm.nics().stream()
                .filter(nic -> changed.containsKey(nic.mac()))
                .map(nic -> {
                    NicHardware hardware = changed.get(nic.mac());
                    return new Nic(
                            nic.network(),
                            nic.mac(),
                            NicHardware.PLAIN.equals(hardware) ? null : hardware,
                            nic.networkId());
                })
                .toList();
    }
}
