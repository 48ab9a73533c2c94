package io.limiquantix.host;

import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.host.libvirt.DomainProcessors;
import io.limiquantix.host.migration.ArrivalCheck;

/** Questions about moves that nobody has begun yet. */
final class ArrivalRequests {
    private final DomainProcessors processors;
    private final ArrivalCheck check;

    ArrivalRequests(DomainProcessors processors, ArrivalCheck check) {
        this.processors = processors;
        this.check = check;
    }

    void serve(HostRequests requests) {
        requests.answer(HostMigrationApi.LOOK_AT_CPU, (r, c) -> processors.look(r.vmId(), c.deadline()));
        requests.answer(HostMigrationApi.CAN_ARRIVE, (r, c) -> check.look(r, c.deadline()));
    }
}
