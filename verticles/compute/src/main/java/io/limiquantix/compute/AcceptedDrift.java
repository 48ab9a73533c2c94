package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmDriftApi.FoundDifference;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.NicHardware;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a VM becomes where LimiQuantix takes over what somebody changed of it with libvirt's own tools: all of it, or nothing. */
final class AcceptedDrift {
    private final StoredVm vm;
    private final AcceptedMachine machine;
    private final Map<UUID, DiskHardware> disks = new LinkedHashMap<>();
    private final Map<String, NicHardware> nics = new LinkedHashMap<>();
    private final List<FoundDifference> found = new ArrayList<>();

    private AcceptedDrift(StoredVm vm, List<Difference> differences) {
        this.vm = vm;
        this.machine = new AcceptedMachine(vm);
        for (Difference difference : differences) {
            found.add(new FoundDifference(
                    difference.field(), difference.expected(), difference.found(), take(difference)));
        }
    }

    static AcceptedDrift of(StoredVm vm, List<Difference> differences) {
        return new AcceptedDrift(vm, differences);
    }

    /** Each with what keeps it from being accepted. */
    List<FoundDifference> found() {
        return List.copyOf(found);
    }

    /** @throws FailureException {@code CONFLICT} with all that keeps it from being accepted */
    void require() {
        if (found.isEmpty()) {
            throw FailureException.conflict(
                    vm.name() + " is defined as LimiQuantix has it: there is nothing to accept.");
        }
        List<FoundDifference> kept =
                found.stream().filter(one -> one.obstacle() != null).toList();
        if (!kept.isEmpty()) {
            throw new FailureException(new Failure(
                    FailureCode.CONFLICT,
                    "Nothing of it is accepted, as LimiQuantix could not keep all: "
                            + kept.stream()
                                    .map(one -> one.field() + ": " + one.obstacle())
                                    .collect(Collectors.joining(" "))
                            + " Take that back by virsh edit, or have all of it corrected.",
                    Map.of()));
        }
    }

    VmEdit edit() {
        return machine.edit();
    }

    /** Those that are reached otherwise from now on. */
    List<Disk> disks() {
        return vm.disks().stream()
                .filter(disk -> disks.containsKey(disk.volumeId()))
                .map(disk -> with(disk, disks.get(disk.volumeId())))
                .toList();
    }

    private static Disk with(Disk disk, @Nullable DiskHardware hardware) {
        return new Disk(
                disk.volumeId(),
                disk.poolId(),
                disk.sizeBytes(),
                disk.imageId(),
                disk.attached(),
                disk.readOnly(),
                disk.target(),
                DiskHardware.PLAIN.equals(hardware) ? null : hardware);
    }

    /** Those that are other cards from now on. */
    List<Nic> nics() {
        return vm.nics().stream()
                .filter(nic -> nics.containsKey(nic.mac()))
                .map(nic -> {
                    NicHardware hardware = nics.get(nic.mac());
                    return new Nic(
                            nic.network(),
                            nic.mac(),
                            NicHardware.PLAIN.equals(hardware) ? null : hardware,
                            nic.networkId());
                })
                .toList();
    }

    /** The obstacle; null where there is none. */
    private @Nullable String take(Difference difference) {
        try {
            if (difference.field().startsWith("disks.")) {
                return disk(difference);
            }
            return difference.field().startsWith("nics.") ? nic(difference) : machine.take(difference);
        } catch (IllegalArgumentException e) {
            return "LimiQuantix does not know " + difference.found() + ".";
        }
    }

    private @Nullable String disk(Difference difference) {
        Optional<Disk> known = vm.disks().stream()
                .filter(disk -> disk.volumeId().equals(difference.volumeId()))
                .findFirst();
        if (known.isEmpty()) {
            return "Disks come and go, and go elsewhere, by LimiQuantix alone, which answers for what is on them.";
        }
        UUID volume = known.get().volumeId();
        DiskHardware was =
                disks.getOrDefault(volume, DiskHardware.orPlain(known.get().hardware()));
        DiskHardware now =
                switch (last(difference.field())) {
                    case "bus" ->
                        new DiskHardware(
                                DiskHardware.DiskBus.valueOf(word(difference)),
                                was.cache(),
                                was.discard(),
                                was.ioThread(),
                                was.limits());
                    case "cache" ->
                        new DiskHardware(
                                was.bus(),
                                difference.found().isEmpty()
                                        ? DiskHardware.Cache.AUTO
                                        : DiskHardware.Cache.valueOf(word(difference)),
                                was.discard(),
                                was.ioThread(),
                                was.limits());
                    case "discard" ->
                        new DiskHardware(
                                was.bus(),
                                was.cache(),
                                difference.found().isEmpty()
                                        ? DiskHardware.Discard.IGNORE
                                        : DiskHardware.Discard.valueOf(word(difference)),
                                was.ioThread(),
                                was.limits());
                    default -> null;
                };
        if (now == null) {
            return "The disk would be read as something else than it is.";
        }
        disks.put(volume, now);
        return null;
    }

    private @Nullable String nic(Difference difference) {
        Optional<Nic> known = vm.nics().stream()
                .filter(nic -> difference.field().startsWith("nics." + nic.mac() + "."))
                .findFirst();
        if (known.isEmpty()) {
            return "Cards come and go by LimiQuantix alone, which gives each address once.";
        }
        String mac = known.get().mac();
        NicHardware was = nics.getOrDefault(mac, NicHardware.orPlain(known.get().hardware()));
        NicHardware now =
                switch (last(difference.field())) {
                    case "model" ->
                        new NicHardware(
                                NicHardware.Model.valueOf(word(difference)),
                                was.linkUp(),
                                was.bandwidth(),
                                was.allowSpoofing());
                    case "link" ->
                        new NicHardware(
                                was.model(), difference.found().equals("up"), was.bandwidth(), was.allowSpoofing());
                    default -> null;
                };
        if (now == null) {
            return "Give the card another network here, so that it is known who may use that.";
        }
        nics.put(mac, now);
        return null;
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }

    private static String word(Difference difference) {
        return difference.found().toUpperCase(Locale.ROOT);
    }
}
