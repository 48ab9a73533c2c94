package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has targets give up what came of VMs that stayed. A target that does not answer is asked again when it is heard: what it has is paused and
 * nobody lets it run.
 */
final class MigrationForgetting {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationForgetting.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Database database;
    private final Bus bus;
    private final MigrationStore store;
    private final Set<UUID> beingAsked = ConcurrentHashMap.newKeySet();

    MigrationForgetting(Database database, Bus bus, MigrationStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    /**
     * Now, or when the target is heard again.
     *
     * @throws FailureException when the target refuses
     */
    void attempt(MigrationPlan plan, Caller caller) {
        try {
            bus.request(
                    HostMigrationApi.FORGET.at(plan.target()),
                    MigrationSettling.arrival(plan),
                    caller.part("forget " + Uuid7.next()).within(ANSWER));
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            database.run(tx -> store.owe(tx, plan));
        }
    }

    void heard(HostReport host) {
        List<Arrival> owed = database.transaction(tx -> store.owedBy(tx, host.hostId()));
        if (!owed.isEmpty() && beingAsked.add(host.hostId())) {
            Thread.ofVirtual().name("unwanted-arrivals-" + host.name()).start(() -> {
                try {
                    owed.forEach(arrival -> forget(host.hostId(), arrival));
                } finally {
                    beingAsked.remove(host.hostId());
                }
            });
        }
    }

    private void forget(UUID hostId, Arrival arrival) {
        try {
            bus.request(HostMigrationApi.FORGET.at(hostId), arrival, Caller.of(Actor.platform("compute"), ANSWER));
            database.run(tx -> store.forgotten(tx, arrival));
        } catch (FailureException e) {
            LOG.warn("the host {} does not give up what came of VM {}: {}", hostId, arrival.vmId(), e.getMessage());
        }
    }
}
