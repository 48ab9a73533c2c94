package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has domains say what they are made from after it was changed without their hosts: a report that names another digest than the VM has
 * is answered with the VM's.
 */
final class DescriptionFollower {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptionFollower.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Database database;
    private final Bus bus;
    private final VmChanges changes;

    DescriptionFollower(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.changes = new VmChanges(vms);
    }

    void heard(HostReport report) {
        Map<UUID, String> digests = new HashMap<>();
        for (DomainReport domain : report.domains()) {
            String digest = domain.digest();
            if (digest != null) {
                digests.put(domain.vmId(), digest);
            }
        }
        List<StoredVm> otherwise = database.transaction(tx -> changes.otherwise(tx, report.hostId(), digests));
        if (!otherwise.isEmpty()) {
            Thread.ofVirtual()
                    .name("describe-domains")
                    .start(() -> otherwise.forEach(vm -> describe(report.hostId(), vm)));
        }
    }

    private void describe(UUID hostId, StoredVm vm) {
        try {
            bus.request(
                    DomainApi.DESCRIBE.at(hostId),
                    new DomainApi.Describe(vm.id(), vm.digest(), vm.spec().description()),
                    Caller.of(Actor.platform("compute"), ANSWER));
        } catch (FailureException e) {
            LOG.info("the domain of VM {} cannot be described now: {}", vm.id(), e.getMessage());
        }
    }
}
