package io.limiquantix.gateway.api;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What people call the hosts. */
public final class HostNames {
    private HostNames() {}

    /** Asks the scheduler, by each host's id; blocks. */
    public static Map<UUID, String> ask(Bus bus, Caller caller) {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items().stream()
                .collect(Collectors.toMap(HostView::id, HostView::name));
    }
}
