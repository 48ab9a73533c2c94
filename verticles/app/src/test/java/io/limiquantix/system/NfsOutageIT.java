package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** An NFS server that is away for a minute under a whole installation, with work under way, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "testbed", matches = ".+")
class NfsOutageIT {
    /** Of a host on processors that are emulated. */
    private static final Duration EMULATED_START = Duration.ofMinutes(8);

    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(4);
    private static final long OUTAGE_MILLIS = 60_000;
    private static final long MIB = 1L << 20;

    private final TestVm vm = new TestVm(Path.of(System.getProperty("testbed", "")));
    private final Installation installation = Installation.withHostIn(vm);
    private final ApiClient client = installation.client();

    @AfterAll
    void close() {
        vm.close();
        installation.close();
    }

    @Test
    void nothingIsLostAndEveryTaskEnds() {
        installation.awaitHost(client, EMULATED_START);
        String pool = makePool();
        String grown = volume("grown", pool);
        String deleted = volume("deleted", pool);
        vm.run("testbed-nfs", "cut");
        long cutAt = System.nanoTime();
        List<String> tasks;
        try {
            tasks = List.of(
                    begin("POST", "/volumes", wish("created", pool)),
                    begin("POST", "/volumes/" + grown + "/resize", ApiClient.json("{\"sizeBytes\": " + 3 * MIB + "}")),
                    begin("DELETE", "/volumes/" + deleted, ApiClient.json("{}")));
            JsonNode away = Eventually.get(KNOWN_WITHIN, () -> client.get("/pools/" + pool), p -> !isReady(p));
            assertThat(away.get("hosts").get(0).get("problem").asText()).isNotEmpty();
            Eventually.get(Duration.ofSeconds(70), () -> System.nanoTime() - cutAt, t -> t > OUTAGE_MILLIS * 1_000_000);
            assertThat(client.get("/hosts").get("items").get(0).get("state").asText())
                    .as("a host is not down because its storage is")
                    .isEqualTo("UP");
            for (String task : tasks) {
                JsonNode now = client.get("/tasks/" + task);
                assertThat(now.get("state").asText())
                        .as("a time-out is no failure: %s", now)
                        .isIn("QUEUED", "RUNNING");
            }
        } finally {
            vm.run("testbed-nfs", "restore");
        }
        Eventually.get(DONE_WITHIN, () -> client.get("/pools/" + pool), NfsOutageIT::isReady);
        for (String task : tasks) {
            JsonNode end =
                    Eventually.get(DONE_WITHIN, () -> client.get("/tasks/" + task), t -> t.hasNonNull("endedAt"));
            assertThat(end.get("state").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        }
        assertThat(volumes(pool)).containsExactlyInAnyOrder("created 2097152", "grown 3145728");
        assertThat(filesOfTheServer()).as("one for each volume").hasSize(2);
    }

    private String makePool() {
        ObjectNode wish = (ObjectNode) ApiClient.json("{\"name\": \"nfs\", \"driver\": \"nfs\"}");
        wish.putObject("settings").put("server", "127.0.0.1").put("export", "/srv/nfs");
        ApiClient.Answer made = client.send("POST", "/pools", wish);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.body().get("id").asText();
    }

    private static ObjectNode wish(String name, String pool) {
        return ((ObjectNode) ApiClient.json("{}"))
                .put("name", name)
                .put("poolId", pool)
                .put("sizeBytes", 2 * MIB);
    }

    private String volume(String name, String pool) {
        return client.succeed("POST", "/volumes", wish(name, pool))
                .get("targetId")
                .asText();
    }

    private String begin(String method, String path, JsonNode body) {
        return client.begin(method, path, body).get("taskId").asText();
    }

    private Stream<String> volumes(String pool) {
        JsonNode items = client.get("/volumes?poolId=" + pool).get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(v -> v.get("name").asText() + " " + v.get("sizeBytes").asLong());
    }

    private List<String> filesOfTheServer() {
        return vm.run("find", "/srv/nfs", "-type", "f", "-path", "*volumes*", "-name", "*.qcow2")
                .lines()
                .toList();
    }

    private static boolean isReady(JsonNode pool) {
        return pool.get("state").asText().equals("READY");
    }
}
