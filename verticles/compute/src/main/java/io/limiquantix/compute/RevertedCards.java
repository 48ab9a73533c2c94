package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Makes the network cards of a VM that is off what they were. Addresses and networks were kept for them before. */
final class RevertedCards {
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmChanges changes;
    private final NetworkStore networks;
    private final NicTasks cards;

    RevertedCards(Database database, Bus bus, VmStore vms, NetworkStore networks) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.changes = new VmChanges(vms);
        this.networks = networks;
        this.cards = new NicTasks(database, bus, vms, networks);
    }

    /** The first steps: what was kept for the cards when the task was asked for is given back when a later one fails. */
    void reserve(UUID vmId, List<CardChange> all, TaskRun run) {
        for (CardChange card : all) {
            run.step("keep what the card " + card.mac() + " needs", Nothing.class)
                    .orUndo(caller -> Nothing.NOTHING, caller -> settle(vmId, card.reversed()));
        }
    }

    /** The steps that change them, and are undone when a later one fails. */
    void change(UUID vmId, UUID hostId, List<CardChange> all, TaskRun run) {
        for (CardChange card : all) {
            run.step("change the card " + card.mac(), Nothing.class)
                    .orUndo(
                            caller -> tell(vmId, hostId, card, caller),
                            caller -> tell(vmId, hostId, card.reversed(), caller));
        }
    }

    /** The step after which they are its cards. */
    void end(UUID vmId, List<CardChange> all, TaskRun run) {
        if (!all.isEmpty()) {
            run.step("note the cards", Nothing.class).run(caller -> {
                all.forEach(card -> settle(vmId, card));
                return Nothing.NOTHING;
            });
        }
    }

    private Nothing tell(UUID vmId, UUID hostId, CardChange card, Caller caller) {
        Nic after = card.after();
        if (after == null) {
            return bus.request(
                    DomainApi.DETACH_NIC.at(hostId), new DomainApi.DetachNic(vmId, card.mac()), caller.within(ANSWER));
        }
        var address = card.before() == null ? DomainApi.ATTACH_NIC : DomainApi.CHANGE_NIC;
        return bus.request(address.at(hostId), cards.card(vmId, after), caller.within(ANSWER));
    }

    /** The card is what it became, and nothing is kept for it any more that it does not need. */
    private void settle(UUID vmId, CardChange card) {
        database.run(tx -> settle(tx, vmId, card));
    }

    private void settle(Transaction tx, UUID vmId, CardChange card) {
        Nic after = card.after();
        if (after == null) {
            changes.removeNic(tx, vmId, card.mac());
            return;
        }
        vms.setNic(tx, vmId, after);
        UUID network = after.networkId();
        if (network != null) {
            networks.holdOnly(tx, after.mac(), network);
        }
    }
}
