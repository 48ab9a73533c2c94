package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Storage that goes away under a whole installation, with work under way, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "ceph.env", matches = ".+")
class StorageOutageIT {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(3);
    private static final long GIB = 1L << 30;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final TestCeph ceph = new TestCeph();
    private String local = "";
    private String remote = "";

    @BeforeAll
    void makePools() {
        installation.awaitHost(client);
        local = installation.makePool(client);
        ApiClient.Answer made = client.send("POST", "/pools", ceph.pool("rbd"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        remote = made.body().get("id").asText();
    }

    @AfterAll
    void close() {
        client.send("DELETE", "/pools/" + remote);
        installation.close();
    }

    @Test
    void nothingIsLostAndEveryTaskEnds() {
        String kept = client.succeed("POST", "/volumes", volume("kept", remote))
                .get("targetId")
                .asText();
        ceph.stopDisk();
        String creation;
        String deletion;
        String other;
        try {
            creation = client.begin("POST", "/volumes", volume("new", remote))
                    .get("taskId")
                    .asText();
            JsonNode pool = Eventually.get(KNOWN_WITHIN, () -> client.get("/pools/" + remote), p -> !isReady(p));
            assertThat(pool.get("hosts").get(0).get("problem").asText()).isNotEmpty();
            deletion = client.begin("DELETE", "/volumes/" + kept, ApiClient.json("{}"))
                    .get("taskId")
                    .asText();
            other = client.begin("POST", "/volumes", volume("beside", local))
                    .get("taskId")
                    .asText();
            assertThat(client.awaitTask(other).get("state").asText())
                    .as("another pool's work is not held up")
                    .isEqualTo("SUCCEEDED");
            assertThat(state(creation)).as("a time-out is no failure").isIn("QUEUED", "RUNNING");
            assertThat(state(deletion)).isIn("QUEUED", "RUNNING");
        } finally {
            ceph.startDisk();
        }
        Eventually.get(DONE_WITHIN, () -> client.get("/pools/" + remote), StorageOutageIT::isReady);
        for (String task : Set.of(creation, deletion)) {
            JsonNode end =
                    Eventually.get(DONE_WITHIN, () -> client.get("/tasks/" + task), t -> t.hasNonNull("endedAt"));
            assertThat(end.get("state").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        }
        JsonNode left = client.get("/volumes?poolId=" + remote).get("items");
        assertThat(left).hasSize(1);
        String id = left.get(0).get("id").asText();
        assertThat(ceph.images()).containsExactlyInAnyOrder("limiquantix-pool", "limiquantix-volume-" + id);
        client.succeed("DELETE", "/volumes/" + id, ApiClient.json("{}"));
    }

    private String state(String task) {
        return client.get("/tasks/" + task).get("state").asText();
    }

    private static boolean isReady(JsonNode pool) {
        return pool.get("state").asText().equals("READY");
    }

    private static ObjectNode volume(String name, String pool) {
        return ((ObjectNode) ApiClient.json("{}"))
                .put("name", name)
                .put("poolId", pool)
                .put("sizeBytes", GIB);
    }
}
