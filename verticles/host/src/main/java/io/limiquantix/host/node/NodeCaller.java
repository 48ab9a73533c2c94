package io.limiquantix.host.node;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.node.v1.Operation;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks this host as the control plane does: by the same handlers, with the same journal. */
final class NodeCaller {
    private static final Actor ACTOR = Actor.platform("node-daemon");
    private static final Duration CHANGE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofSeconds(60);

    private final Bus bus;
    private final UUID hostId;

    NodeCaller(Bus bus, UUID hostId) {
        this.bus = bus;
        this.hostId = hostId;
    }

    /** @throws FailureException {@code INVALID} without an operation */
    <Q extends Record, R extends Record> R change(HostAddress<Q, R> address, Q request, Operation operation) {
        UUID id = NodeFields.id("operation.id", operation.getId());
        var caller = new Caller(id, Instant.now().plus(CHANGE), ACTOR, epoch(operation), null);
        return bus.request(address.at(hostId), request, caller);
    }

    private static @Nullable TaskEpoch epoch(Operation operation) {
        if (!operation.hasTask()) {
            return null;
        }
        UUID task = NodeFields.id("operation.task.task_id", operation.getTask().getTaskId());
        return new TaskEpoch(task, operation.getTask().getEpoch());
    }

    <Q extends Record, R extends Record> R look(HostAddress<Q, R> address, Q request) {
        return bus.request(address.at(hostId), request, Caller.of(ACTOR, LOOK));
    }
}
