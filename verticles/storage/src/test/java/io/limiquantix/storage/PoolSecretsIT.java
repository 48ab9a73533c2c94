package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Secret;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pool is told in secret reaches its hosts and nobody else. */
class PoolSecretsIT {
    private static final String CANARY = "canary-5up3rs3cr3t";

    private final FakeHosts hosts = new FakeHosts();
    private final DatabaseAddress database = StorageProcess.database();

    private static PoolView create(StorageProcess storage) {
        var request = new StorageApi.CreatePool(
                "p1", "ceph", Map.of("user", "lqx"), Map.of("key", new Secret(CANARY)), List.of());
        return storage.plane.bus().request(StorageApi.CREATE_POOL, request, TestControlPlane.caller());
    }

    @Test
    void hostsGetItAlsoFromAnotherControlPlaneAndNobodyElseDoes() {
        PoolView pool;
        try (StorageProcess first = StorageProcess.start(hosts, database, TaskObserver.NONE)) {
            pool = create(first);
            assertThat(pool.secretNames()).containsExactly("key");
            assertThat(pool.settings()).containsOnlyKeys("user");
            assertThat(first.pools().toString()).doesNotContain(CANARY);
        }
        assertThat(hosts.secrets.get(pool.id())).containsEntry("key", new Secret(CANARY));
        hosts.secrets.clear();
        hosts.pools(hosts.one).clear();
        try (StorageProcess second = StorageProcess.start(hosts, database, TaskObserver.NONE)) {
            hosts.report(hosts.one, null);
            Eventually.holds(() -> Map.of("key", new Secret(CANARY)).equals(hosts.secrets.get(pool.id())));
            assertThat(dump(second)).contains("p1").doesNotContain(CANARY);
        }
    }

    /** All that a thief of the database would read of pools, tasks and changes. */
    private static String dump(StorageProcess storage) {
        var database = storage.plane.controlPlane().database();
        StringBuilder all = new StringBuilder();
        for (String table : List.of("storage.pools", "storage.pool_hosts", "runtime.tasks", "runtime.changes")) {
            database.query("select t::text as line from " + table + " t", row -> row.text("line"))
                    .forEach(all::append);
        }
        database.query("select encode(secrets, 'escape') as line from storage.pools", row -> row.text("line"))
                .forEach(all::append);
        return all.toString();
    }
}
