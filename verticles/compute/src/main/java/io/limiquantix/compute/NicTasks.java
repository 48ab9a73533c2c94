package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Gives network cards to VMs, changes them and takes them away. A card's address and its networks are kept for it before its host is asked,
 * so that nobody else gets the one and nobody deletes the others.
 */
final class NicTasks {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    /** A guest that is busy needs some time to let go. */
    private static final Duration GUEST_PATIENCE = Duration.ofSeconds(90);

    private static final int DONE_AT_HOST = 90;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmChanges changes;
    private final NetworkStore networks;
    private final NicNetworks nicNetworks;

    NicTasks(Database database, Bus bus, VmStore vms, NetworkStore networks) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.networks = networks;
        this.nicNetworks = new NicNetworks(networks);
    }

    record Attach(UUID vmId, UUID hostId, Nic nic) {}

    record Change(UUID vmId, UUID hostId, Nic before, Nic after) {}

    record Detach(UUID vmId, UUID hostId, String mac) {}

    TaskKind<Attach> attach() {
        return new TaskKind<>(VmTaskNames.ATTACH_NIC, Attach.class, this::attach);
    }

    TaskKind<Change> change() {
        return new TaskKind<>(VmTaskNames.CHANGE_NIC, Change.class, this::change);
    }

    TaskKind<Detach> detach() {
        return new TaskKind<>(VmTaskNames.DETACH_NIC, Detach.class, this::detach);
    }

    private void attach(Attach input, TaskRun run) {
        String mac = input.nic().mac();
        run.step("keep the address", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> giveBack(input));
        run.step("attach the card", Nothing.class)
                .progress(DONE_AT_HOST)
                .orUndo(
                        caller -> bus.request(
                                DomainApi.ATTACH_NIC.at(input.hostId()),
                                card(input.vmId(), input.nic()),
                                caller.within(ANSWER)),
                        caller -> take(input.vmId(), input.hostId(), mac, caller));
        run.pointOfNoReturn();
        run.step("note the card", Nothing.class).run(caller -> {
            database.run(tx -> vms.setNic(tx, input.vmId(), input.nic()));
            return Nothing.NOTHING;
        });
    }

    private void giveBack(Attach input) {
        database.run(tx -> changes.removeNic(tx, input.vmId(), input.nic().mac()));
    }

    private Nothing take(UUID vmId, UUID hostId, String mac, Caller caller) {
        return bus.request(
                DomainApi.DETACH_NIC.at(hostId), new DomainApi.DetachNic(vmId, mac), caller.within(GUEST_PATIENCE));
    }

    private void change(Change input, TaskRun run) {
        run.step("keep the network", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> stay(input.before()));
        run.step("change the card", Nothing.class)
                .progress(DONE_AT_HOST)
                .orUndo(caller -> tell(input, input.after(), caller), caller -> tell(input, input.before(), caller));
        run.pointOfNoReturn();
        run.step("note the change", Nothing.class).run(caller -> {
            database.run(tx -> vms.setNic(tx, input.vmId(), input.after()));
            stay(input.after());
            return Nothing.NOTHING;
        });
    }

    private Nothing tell(Change input, Nic nic, Caller caller) {
        return bus.request(DomainApi.CHANGE_NIC.at(input.hostId()), card(input.vmId(), nic), caller.within(ANSWER));
    }

    /** The card is on the network of this description and on no other. */
    private void stay(Nic nic) {
        UUID network = nic.networkId();
        if (network != null) {
            database.run(tx -> networks.holdOnly(tx, nic.mac(), network));
        }
    }

    private void detach(Detach input, TaskRun run) {
        run.step("detach the card", Nothing.class)
                .progress(DONE_AT_HOST)
                .run(caller -> take(input.vmId(), input.hostId(), input.mac(), caller));
        run.pointOfNoReturn();
        run.step("forget the card", Nothing.class).run(caller -> {
            database.run(tx -> changes.removeNic(tx, input.vmId(), input.mac()));
            return Nothing.NOTHING;
        });
    }

    /** As the host is told to make it: at its place among the others, as the first one may have a fixed address. */
    DomainApi.DomainNic card(UUID vmId, Nic nic) {
        List<DomainSpec.Nic> made = database.transaction(tx -> {
            StoredVm vm = vms.get(tx, vmId);
            List<Nic> all = new ArrayList<>();
            boolean known = false;
            for (Nic there : vm.nics()) {
                boolean same = there.mac().equals(nic.mac());
                all.add(same ? nic : there);
                known |= same;
            }
            if (!known) {
                all.add(nic);
            }
            return nicNetworks.domainNics(tx, all, vm.spec().cloudInit());
        });
        return new DomainApi.DomainNic(
                vmId,
                made.stream()
                        .filter(card -> card.mac().equals(nic.mac()))
                        .findFirst()
                        .orElseThrow());
    }
}
