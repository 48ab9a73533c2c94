package io.limiquantix.scheduler;

import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.HostView.State;
import io.limiquantix.runtime.database.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host as it is stored, with what is reserved on it. */
record KnownHost(
        UUID id,
        String name,
        String version,
        HostFacts facts,
        State state,
        int reservedVcpus,
        long reservedMemoryBytes,
        int vmCount,
        Instant lastSeenAt,
        Instant joinedAt) {

    static KnownHost of(Row row) {
        return new KnownHost(
                row.uuid("id"),
                row.text("name"),
                row.text("version"),
                row.json("facts", HostFacts.class),
                row.constant("state", State.class),
                (int) row.number("reserved_vcpus"),
                row.number("reserved_memory"),
                (int) row.number("vm_count"),
                row.instant("last_seen_at"),
                row.instant("joined_at"));
    }

    /** Why nothing can be placed on it now. */
    @Nullable
    String problem() {
        return switch (state) {
            case DOWN ->
                "The host has not reported for more than " + Liveness.DOWN.toSeconds()
                        + " s: see whether it is on and its LimiQuantix process runs.";
            case SUSPECT -> "The host's last report is late.";
            case UP ->
                facts.capabilities() == null && facts.hypervisorProblem() == null
                        ? "The host has not said yet what it is able to do."
                        : facts.hypervisorProblem();
        };
    }

    HostView view() {
        return new HostView(
                id,
                name,
                state,
                version,
                facts.capabilities(),
                reservedVcpus,
                reservedMemoryBytes,
                facts.memoryFreeBytes(),
                facts.loadAverage(),
                vmCount,
                facts.networks(),
                problem(),
                lastSeenAt,
                joinedAt);
    }
}
