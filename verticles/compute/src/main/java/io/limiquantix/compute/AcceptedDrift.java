package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmDriftApi.FoundDifference;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.compute.spec.SpecEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a VM becomes where LimiQuantix takes over what somebody changed of it with libvirt's own tools: all of it, or nothing. */
final class AcceptedDrift {
    private final StoredVm vm;
    private final AcceptedMachine machine;
    private final AcceptedDisks disks;
    private final AcceptedNics nics;
    private final List<FoundDifference> found = new ArrayList<>();

    private AcceptedDrift(StoredVm vm, List<Difference> differences) {
        this.vm = vm;
        this.machine = new AcceptedMachine(vm);
        this.disks = new AcceptedDisks(vm.disks());
        this.nics = new AcceptedNics(vm);
        for (Difference difference : differences) {
            found.add(new FoundDifference(
                    difference.field(), difference.expected(), difference.found(), take(difference)));
        }
        refusal().ifPresent(why -> found.replaceAll(one -> isOfMachine(one.field()) ? with(one, why) : one));
    }

    /** Why the machine cannot become this one, although there is a word for each part of it. */
    private Optional<String> refusal() {
        try {
            SpecEdit.of(vm.spec(), machine.edit(), VmEditing.devices(vm));
            return Optional.empty();
        } catch (FailureException e) {
            return Optional.of(e.failure().message());
        }
    }

    private static boolean isOfMachine(String field) {
        return !field.startsWith("disks.") && !field.startsWith("nics.");
    }

    private static FoundDifference with(FoundDifference one, String obstacle) {
        return one.obstacle() == null ? new FoundDifference(one.field(), one.expected(), one.found(), obstacle) : one;
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
        return disks.disks();
    }

    /** Those that are other cards from now on. */
    List<Nic> nics() {
        return nics.nics();
    }

    /** The obstacle; null where there is none. */
    private @Nullable String take(Difference difference) {
        try {
            if (isOfMachine(difference.field())) {
                return machine.take(difference);
            }
            return difference.field().startsWith("disks.") ? disks.take(difference) : nics.take(difference);
        } catch (IllegalArgumentException e) {
            return "LimiQuantix does not know " + difference.found() + ".";
        }
    }
}
