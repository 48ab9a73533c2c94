package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.network.StoredNetwork;
import io.limiquantix.compute.spec.SpecEdit;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done to a VM so that it is the machine that it was when a snapshot was made. */
final class RevertedSettings {
    private final VmStore vms;
    private final NetworkStore networks;
    private final NicNetworks nicNetworks;

    RevertedSettings(VmStore vms, NetworkStore networks) {
        this.vms = vms;
        this.networks = networks;
        this.nicNetworks = new NicNetworks(networks);
    }

    /**
     * @param machine absent: it is the same one
     * @param cards those that are not what they were
     */
    record Plan(EditVmTask.@Nullable Input machine, List<CardChange> cards) {
        static final Plan NOTHING = new Plan(null, List.of());

        Plan {
            cards = List.copyOf(cards);
        }
    }

    /** @throws FailureException {@code CONFLICT} with what cannot be brought back and why */
    Plan plan(Transaction tx, StoredVm vm, VmSnapshotView snapshot, KeptMachine then, List<HostView> known) {
        VmEdit edit = edit(then);
        VmSpec wanted = SpecEdit.of(vm.spec(), edit, VmEditing.devices(vm));
        boolean same = SpecEdit.sameMachine(vm.spec(), wanted);
        if (!same) {
            CapableHosts.of(wanted, vm.hostId(), known);
        }
        return new Plan(same ? null : VmEditing.input(vm, wanted, edit), cards(tx, vm, snapshot, then, known));
    }

    private static VmEdit edit(KeptMachine then) {
        MachineSpec machine = then.machine();
        return new VmEdit(
                null,
                null,
                null,
                null,
                then.vcpus(),
                then.memoryBytes(),
                new VmEdit.Cpu(machine.cpuModel(), machine.topology(), machine.maxVcpus()),
                machine.firmware(),
                machine.secureBoot(),
                machine.tpm(),
                machine.clipboard(),
                new VmEdit.WatchdogCard(machine.watchdog()),
                null,
                null);
    }

    private List<CardChange> cards(
            Transaction tx, StoredVm vm, VmSnapshotView snapshot, KeptMachine then, List<HostView> known) {
        Map<String, Nic> now =
                new HashMap<>(vm.nics().stream().collect(Collectors.toMap(Nic::mac, Function.identity())));
        requireNetworks(tx, vm, snapshot, then.nics(), known);
        List<CardChange> all = new ArrayList<>();
        for (Nic was : then.nics()) {
            Nic is = now.remove(was.mac());
            StoredNetwork network = nicNetworks.of(tx, was);
            CardChange change = new CardChange(is, new Nic(network.name(), was.mac(), was.hardware(), network.id()));
            if (change.changes()) {
                keep(tx, vm, change, network);
                all.add(change);
            }
        }
        now.values().forEach(later -> all.add(new CardChange(later, null)));
        return all;
    }

    private void keep(Transaction tx, StoredVm vm, CardChange change, StoredNetwork network) {
        Nic after = change.after();
        if (change.before() == null && after != null && !vms.claim(tx, vm.id(), after)) {
            throw FailureException.conflict("The settings of " + vm.name()
                    + " cannot be brought back: its network card "
                    + after.mac() + " is another virtual machine's now. Take it from that one first, or bring back"
                    + " the disks only.");
        }
        networks.hold(tx, change.mac(), network);
    }

    private void requireNetworks(
            Transaction tx, StoredVm vm, VmSnapshotView snapshot, List<Nic> cards, List<HostView> known) {
        UUID hostId = VmDisks.hostOf(vm);
        HostView host = known.stream()
                .filter(one -> one.id().equals(hostId))
                .findFirst()
                .orElse(null);
        List<String> missing = new ArrayList<>();
        for (Nic card : cards) {
            try {
                nicNetworks.require(tx, List.of(card), hostId, host);
            } catch (FailureException e) {
                missing.add(e.failure().message());
            }
        }
        if (!missing.isEmpty()) {
            throw FailureException.conflict("The settings of " + vm.name() + " cannot be brought back to those of "
                    + snapshot.name() + ": " + String.join(" ", missing)
                    + " Make what is missing, or bring back the disks only.");
        }
    }
}
