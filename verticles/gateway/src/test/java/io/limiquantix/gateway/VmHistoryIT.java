package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.compute.VmEventApi;
import io.limiquantix.bus.compute.VmEventView;
import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.bus.identity.IdentityApi.NumberedEntry;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What happened to a VM, as one list; its tasks are those of the real database. */
class VmHistoryIT {
    private static final UUID VM = Uuid7.next();
    private static final UUID DELETED = Uuid7.next();
    private static final UUID NEVER = Uuid7.next();
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00.123456Z");
    private static final List<Past> ASKED = new CopyOnWriteArrayList<>();

    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient ADMIN = GATEWAY.client().logIn();

    static {
        GATEWAY.bus().serve(VmEventApi.LIST, (past, caller) -> {
            ASKED.add(past);
            boolean exists = past.of().equals(VM);
            if (!exists && !caller.actor().seesAll()) {
                throw FailureException.notFound("There is no virtual machine " + past.of() + ".");
            }
            boolean none = past.of().equals(NEVER) || past.by() != null || past.before() != null;
            return new VmEventApi.VmEvents(none ? List.of() : List.of(crash(past.of())), exists, false);
        });
        GATEWAY.bus().serve(IdentityApi.AUDIT_OF, (wish, caller) -> {
            Past past = wish.past();
            boolean none = !past.of().equals(VM) || past.before() != null;
            return new IdentityApi.AuditPart(none ? List.of() : List.of(rename(), refused()), false);
        });
        GATEWAY.plane()
                .controlPlane()
                .database()
                .update(
                        "insert into runtime.tasks (id, operation_id, kind, target_kind, target_id, target_name, actor_name, input,"
                                + " state, failure, created_at, started_at, ended_at) values (gen_random_uuid(),"
                                + " gen_random_uuid(), 'vm.start', 'vm', $1, 'web-1', 'bob', '{}', 'FAILED',"
                                + " '{\"code\": \"CONFLICT\", \"message\": \"No room.\", \"details\": {}}', $2, $2, $2)",
                        VM,
                        NOW.minusSeconds(30));
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static VmEventView crash(UUID vm) {
        return new VmEventView(
                5,
                vm,
                "web-1",
                NOW,
                Kind.CRASHED,
                PowerState.RUNNING,
                PowerState.CRASHED,
                "crashed",
                "It ended unexpectedly.",
                3,
                NOW);
    }

    private static NumberedEntry action(long id, int secondsAgo, String operation, int status) {
        return new NumberedEntry(
                id,
                new AuditEntry(
                        NOW.minusSeconds(secondsAgo),
                        "admin",
                        "198.51.100.7",
                        "PATCH /api/v1/vms/{vmId}",
                        VM,
                        status,
                        Map.of("operation", operation, "name", "web-2", "path", "/srv/secret")));
    }

    private static NumberedEntry rename() {
        return action(9, 10, "editVm", 200);
    }

    private static NumberedEntry refused() {
        return action(8, 60, "openConsole", 409);
    }

    private static List<String> kinds(ApiClient.Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return StreamSupport.stream(reply.body().path("items").spliterator(), false)
                .map(item -> item.path("kind").asText())
                .toList();
    }

    @Test
    void eventsTasksAndActionsAreOneListNewestFirst() {
        ApiClient.Reply reply = ADMIN.get("/vms/" + VM + "/events");
        assertThat(kinds(reply)).containsExactly("CRASHED", "editVm", "vm.start", "openConsole");
        JsonNode items = reply.body().path("items");
        assertThat(items.get(0).path("times").asInt()).isEqualTo(3);
        assertThat(items.get(0).has("by")).isFalse();
        assertThat(items.get(1).path("outcome").asText()).isEqualTo("SUCCEEDED");
        assertThat(items.get(1).path("name").asText()).isEqualTo("web-2");
        assertThat(items.get(2).path("by").asText()).isEqualTo("bob");
        assertThat(items.get(2).path("text").asText()).isEqualTo("No room.");
        assertThat(items.get(3).path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(reply.body().has("nextCursor")).isFalse();
    }

    @Test
    void fromWhereSomebodyCameAndWhatElseTheySentStaysInTheAuditLog() {
        assertThat(ADMIN.get("/vms/" + VM + "/events").body().toString()).doesNotContain("198.51.100.7", "/srv/secret");
    }

    @Test
    void whoSeesTheVmSeesWhatHappenedToIt() {
        assertThat(kinds(GATEWAY.client().logIn("bob").get("/vms/" + VM + "/events")))
                .hasSize(4);
        assertThat(GATEWAY.client().get("/vms/" + VM + "/events").status()).isEqualTo(401);
    }

    @Test
    void ofADeletedVmOnlyAdministratorsAreTold() {
        assertThat(kinds(ADMIN.get("/vms/" + DELETED + "/events"))).containsExactly("CRASHED");
        assertThat(GATEWAY.client()
                        .logIn("bob")
                        .get("/vms/" + DELETED + "/events")
                        .status())
                .isEqualTo(404);
        assertThat(ADMIN.get("/vms/" + NEVER + "/events").status()).isEqualTo(404);
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        ApiClient.Reply first = ADMIN.get("/vms/" + VM + "/events?category=TASK&limit=1");
        assertThat(kinds(first)).containsExactly("vm.start");
        assertThat(first.body().has("nextCursor")).isFalse();
        ApiClient.Reply two = ADMIN.get("/vms/" + VM + "/events?limit=2");
        assertThat(kinds(two)).containsExactly("CRASHED", "editVm");
        String cursor = two.body().path("nextCursor").asText();
        assertThat(kinds(ADMIN.get("/vms/" + VM + "/events?cursor=" + cursor))).containsExactly("vm.start");
    }

    @Test
    void whatIsWantedIsAskedOfEach() {
        assertThat(kinds(ADMIN.get(
                        "/vms/" + VM + "/events?category=EVENT&kinds=CRASHED,STARTED&from=2026-01-01T00:00:00Z")))
                .containsExactly("CRASHED");
        assertThat(ASKED.getLast().kinds()).containsExactly("CRASHED", "STARTED");
        assertThat(ASKED.getLast().from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(kinds(ADMIN.get("/vms/" + VM + "/events?category=TASK&by=BOB")))
                .containsExactly("vm.start");
        assertThat(kinds(ADMIN.get("/vms/" + VM + "/events?category=TASK&by=admin")))
                .isEmpty();
        assertThat(kinds(ADMIN.get("/vms/" + VM + "/events?category=TASK&kinds=vm.stop")))
                .isEmpty();
        assertThat(kinds(ADMIN.get("/vms/" + VM + "/events?category=TASK&to=2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String wrong : List.of("cursor=7", "category=event", "kinds=a%20b", "from=yesterday", "limit=0")) {
            assertThat(ADMIN.get("/vms/" + VM + "/events?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
