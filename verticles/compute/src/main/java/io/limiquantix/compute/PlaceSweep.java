package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives places back that are kept for VMs which do not exist: the task that took such a place could not give it back. A
 * VM is stored before its place is taken, so that no place of a VM in the making is touched.
 */
final class PlaceSweep {
    private static final Logger LOG = LoggerFactory.getLogger(PlaceSweep.class);
    /** Longer than a request for a place is under way. */
    private static final Duration HELD = Duration.ofMinutes(10);

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;

    PlaceSweep(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
    }

    /** Looks at every place once. Blocks; what cannot be given back now is left for the next round. */
    void round() {
        try {
            @Nullable UUID after = null;
            List<UUID> page = page(after);
            while (!page.isEmpty()) {
                List<UUID> placed = page;
                Set<UUID> strangers = database.transaction(tx -> vms.strangers(tx, placed));
                strangers.forEach(this::release);
                after = page.getLast();
                page = page(after);
            }
        } catch (FailureException e) {
            LOG.debug("places cannot be looked through now", e);
        }
    }

    private List<UUID> page(@Nullable UUID after) {
        var request = new SchedulerApi.ListPlaced(HELD.toSeconds(), after);
        return bus.request(SchedulerApi.LIST_PLACED, request, caller()).vmIds();
    }

    private void release(UUID vmId) {
        LOG.warn("VM {} does not exist, so the place that is kept for it is given back", vmId);
        bus.request(SchedulerApi.RELEASE, new SchedulerApi.Release(vmId), caller());
    }

    private static Caller caller() {
        return Caller.of(Actor.platform("compute"), ANSWER);
    }
}
