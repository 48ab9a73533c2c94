package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.host.guest.GuestTime;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.DomainSaves;
import io.limiquantix.host.libvirt.KeptMemories;
import io.limiquantix.host.storage.ChainedVolumes;
import io.limiquantix.runtime.bus.Caller;
import java.util.UUID;

/** Requests to keep the memory of domains, and to let guests catch up with what they missed. */
final class SuspensionRequests {
    private final DomainSaves saves;
    private final GuestTime time;
    private final DomainInventory inventory;
    private final KeptMemories memories;
    private final ChainedVolumes volumes;

    SuspensionRequests(
            DomainSaves saves,
            KeptMemories memories,
            ChainedVolumes volumes,
            GuestTime time,
            DomainInventory inventory) {
        this.saves = saves;
        this.memories = memories;
        this.volumes = volumes;
        this.time = time;
        this.inventory = inventory;
    }

    void serve(HostRequests requests) {
        requests.perform(DomainApi.SUSPEND, (r, c) -> {
            saves.save(r.vmId(), c.operationId(), c.deadline());
            return lookAfter(r, c);
        });
        requests.answer(DomainApi.LOOK_AT_SUSPENSION, (r, c) -> saves.look(r.vmId(), c.deadline()));
        requests.perform(DomainApi.END_SUSPENSION, (r, c) -> {
            saves.end(r.vmId(), c.deadline());
            return lookAfter(r, c);
        });
        requests.perform(DomainApi.DISCARD_STATE, (r, c) -> {
            saves.discard(r.vmId(), c.deadline());
            return lookAfter(r, c);
        });
        requests.perform(DomainApi.GO_ON_FROM_MEMORY, this::goOn);
        requests.answer(DomainApi.LOOK_AT_MEMORY, (r, c) -> memories.look(r.vmId(), r.memoryId(), c.deadline()));
        requests.perform(DomainApi.END_MEMORY, (r, c) -> {
            memories.end(r.vmId(), r.memoryId(), c.deadline());
            return Nothing.NOTHING;
        });
        requests.perform(DomainApi.FORGET_MEMORY, (r, c) -> {
            memories.forget(r.vmId(), r.memoryId());
            return Nothing.NOTHING;
        });
        requests.answer(DomainApi.SET_CLOCK, (r, c) -> time.set(r.vmId(), c.deadline()));
    }

    private DomainReport goOn(DomainApi.KeptMemory request, Caller caller) {
        UUID vmId = request.vmId();
        volumes.start(vmId, caller.deadline(), () -> memories.goOn(vmId, request.memoryId(), caller.deadline()));
        inventory.stopNoLongerAsked(vmId);
        return lookAfter(new DomainApi.Domain(vmId), caller);
    }

    private DomainReport lookAfter(DomainApi.Domain request, Caller caller) {
        return Certainty.afterChange(() -> inventory.look(request.vmId(), caller.deadline()));
    }
}
