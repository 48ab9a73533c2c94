package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Secret;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a wish to change a pool reaches whoever does it. */
class PoolChangeIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final BlockingQueue<StorageApi.ChangePool> CHANGES = new ArrayBlockingQueue<>(10);
    private static final BlockingQueue<StorageApi.UnassignHost> REMOVALS = new ArrayBlockingQueue<>(10);
    private static final UUID POOL = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UUID HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000002");

    static {
        GATEWAY.bus().serve(SchedulerApi.LIST_HOSTS, (request, caller) -> new SchedulerApi.Hosts(List.of()));
        GATEWAY.bus().serve(StorageApi.CHANGE_POOL, (request, caller) -> {
            CHANGES.add(request);
            return pool();
        });
        GATEWAY.bus().serve(StorageApi.UNASSIGN_HOST, (request, caller) -> {
            REMOVALS.add(request);
            return pool();
        });
    }

    private static PoolView pool() {
        return new PoolView(
                POOL,
                "p1",
                "ceph",
                Map.of("user", "new"),
                List.of("key"),
                PoolView.State.READY,
                false,
                0,
                0,
                List.of(),
                0,
                Instant.EPOCH,
                8);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static ApiClient.Reply patch(String json) {
        return CLIENT.send(
                "PATCH",
                "/pools/" + POOL,
                BodyPublishers.ofString(json),
                Map.of("Content-Type", "application/json", "If-Match", "\"7\""));
    }

    @Test
    void whatIsNullIsTakenAwayAndASecretIsSeenByNobodyElse() throws Exception {
        ApiClient.Reply reply = patch("{\"name\":\"p2\",\"settings\":{\"user\":\"new\",\"options\":null},"
                + "\"secrets\":{\"key\":\"canary-5up3r\",\"other\":null}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("etag", "\"8\"");
        assertThat(reply.body().toString()).doesNotContain("canary");
        assertThat(CHANGES.take())
                .isEqualTo(new StorageApi.ChangePool(
                        POOL,
                        7L,
                        "p2",
                        Map.of("user", "new"),
                        List.of("options"),
                        Map.of("key", new Secret("canary-5up3r")),
                        List.of("other")));
        assertThat(GATEWAY.identity().audit()).anySatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("PATCH /api/v1/pools/{poolId}");
            assertThat(entry.targetId()).isEqualTo(POOL);
            assertThat(entry.details()).containsEntry("name", "p2");
        });
        assertThat(GATEWAY.identity().audit().toString()).doesNotContain("canary");
    }

    @Test
    void nothingAtAllAndOtherThingsThanTextAreRefused() {
        assertThat(patch("{}").status()).isEqualTo(400);
        assertThat(patch("{\"settings\":{\"user\":7}}").field()).isEqualTo("settings.user");
        assertThat(patch("{\"driver\":\"nfs\"}").field()).isEqualTo("driver");
        assertThat(CHANGES).isEmpty();
    }

    @Test
    void aHostIsPassedOverOnlyOnDemand() throws Exception {
        assertThat(CLIENT.delete("/pools/" + POOL + "/hosts/" + HOST).status()).isEqualTo(200);
        assertThat(REMOVALS.take().withoutHost()).isFalse();
        assertThat(CLIENT.delete("/pools/" + POOL + "/hosts/" + HOST + "?force=true")
                        .status())
                .isEqualTo(200);
        assertThat(REMOVALS.take().withoutHost()).isTrue();
        assertThat(GATEWAY.identity().audit())
                .anySatisfy(entry -> assertThat(entry.details()).containsEntry("force", "true"));
    }
}
