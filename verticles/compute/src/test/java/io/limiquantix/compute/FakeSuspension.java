package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.runtime.bus.Bus;
import java.util.UUID;

/** The memory of guests that the host keeps. */
final class FakeSuspension {
    /** Whether it takes for ever to be written. */
    volatile boolean hangs;

    private final World world;

    FakeSuspension(World world) {
        this.world = world;
    }

    void serve(Bus bus) {
        UUID hostId = world.hostId;
        bus.serve(DomainApi.SUSPEND, hostId, (q, caller) -> {
            if (hangs) {
                throw FailureException.of(FailureCode.TIMEOUT, "The memory is still being written.");
            }
            world.effect(
                    "suspend", () -> world.domains.replace(q.vmId(), PowerState.SUSPENDED) != PowerState.SUSPENDED);
            return world.report(q.vmId(), "saved");
        });
        bus.serve(
                DomainApi.LOOK_AT_SUSPENSION,
                hostId,
                (q, caller) ->
                        new CopyProgress(hangs ? CopyState.COPYING : CopyState.NOT_HERE, 40, new Moved(40, 100L)));
        bus.serve(DomainApi.END_SUSPENSION, hostId, (q, caller) -> {
            world.effects.add("end suspension");
            return world.report(q.vmId(), "");
        });
        bus.serve(DomainApi.SET_CLOCK, hostId, (q, caller) -> {
            world.effects.add("set clock");
            return new DomainApi.ClockSet(world.agentAnswers, world.agentAnswers);
        });
    }
}
