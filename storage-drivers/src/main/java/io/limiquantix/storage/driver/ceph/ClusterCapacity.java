package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.StorageException;
import java.time.Duration;

/** How much an RBD pool can hold ({@code ceph df}), copies for redundancy left out. */
final class ClusterCapacity {
    private final CephCommands commands;
    private final String pool;

    ClusterCapacity(CephCommands commands, String pool) {
        this.commands = commands;
        this.pool = pool;
    }

    /** What the monitors know, which follows what is written by some seconds. */
    Capacity ask(Duration patience) {
        for (JsonNode entry : commands.ask(patience, "ceph", "df", "detail", "--format", "json")
                .path("pools")) {
            if (entry.path("name").asText().equals(pool)) {
                return of(entry.path("stats"));
            }
        }
        throw StorageException.notFound("The Ceph cluster has no pool " + pool + " any more.");
    }

    private static Capacity of(JsonNode statistics) {
        long stored = statistics.path("stored").asLong();
        long available = statistics.path("max_avail").asLong();
        long quota = statistics.path("quota_bytes").asLong();
        long free = quota > 0 ? Math.max(0, Math.min(available, quota - stored)) : available;
        return new Capacity(stored + free, free);
    }
}
