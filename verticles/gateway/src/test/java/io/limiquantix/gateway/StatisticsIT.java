package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PackedNumbers;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.bus.host.StatisticsApi.Shape;
import io.limiquantix.bus.host.StatisticsApi.Subject;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What hosts measured, as the API and Prometheus get it. */
class StatisticsIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final BlockingQueue<StatisticsApi.Read> READS = new ArrayBlockingQueue<>(100);
    private static final UUID HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UUID GONE_HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final UUID VM = UUID.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final UUID VM_OF_GONE_HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000004");
    private static final UUID VM_WITHOUT_HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000005");
    private static final String HOSTILE = "a\"b\\c\nd{e=\"f\"} 7";
    private static final int SERIES = 7;

    static {
        GATEWAY.bus().serve(ComputeApi.GET, (request, caller) -> vm(request.vmId()));
        GATEWAY.bus().serve(StorageApi.LIST_POOLS, (request, caller) -> new StorageApi.Pools(List.of(pool(HOSTILE))));
        GATEWAY.bus().serve(StatisticsApi.READ, HOST, (request, caller) -> {
            READS.add(request);
            return columns(request.firstSeries());
        });
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static VmView vm(UUID id) {
        Map<String, Object> view = new HashMap<>(Map.of(
                "id",
                id,
                "spec",
                Map.of("name", HOSTILE),
                "phase",
                "READY",
                "powerState",
                "RUNNING",
                "stateReason",
                ""));
        if (!id.equals(VM_WITHOUT_HOST)) {
            view.put("hostId", id.equals(VM) ? HOST : GONE_HOST);
            view.put("hostName", id.equals(VM) ? "kvm1" : "kvm2");
        }
        return Wire.json().convertValue(view, VmView.class);
    }

    private static PoolView pool(String name) {
        return new PoolView(
                HOST,
                name,
                "local",
                Map.of(),
                List.of(),
                PoolView.State.UNAVAILABLE,
                false,
                100,
                7,
                List.of(),
                3,
                Instant.EPOCH,
                1);
    }

    /** Three steps of several series, two in each message. */
    private static StatisticsApi.Columns columns(int first) {
        List<StatisticsApi.Series> all = List.of(
                series("cpuCount", 2, 2, 2),
                series("cpuSeconds", 1, Float.NaN, 0.5f),
                series("disk/vda/readBytes", 4096, Float.NaN, 0),
                series("disk/vda/readOperations", 10, Float.NaN, 0),
                series("disk/vda/readSeconds", 0.02f, Float.NaN, 0),
                series("newMeasureOfANeighbour", 1, 1, 1),
                series("nic/0/sentBytes", 1, Float.NaN, 3));
        return new StatisticsApi.Columns(
                1_795_975_200,
                5,
                3,
                all.subList(first, Math.min(SERIES, first + 2)),
                SERIES,
                "libvirt cannot be used now.");
    }

    private static StatisticsApi.Series series(String name, float... numbers) {
        return new StatisticsApi.Series(name, PackedNumbers.ofFloats(numbers));
    }

    private static List<@Nullable Double> values(JsonNode body, String name, @Nullable String device) {
        return IntStream.range(0, body.path("series").size())
                .mapToObj(i -> body.path("series").get(i))
                .filter(s -> s.path("name").asText().equals(name))
                .filter(s -> device == null
                        ? !s.has("device")
                        : s.path("device").asText().equals(device))
                .findFirst()
                .map(StatisticsIT::values)
                .orElseThrow();
    }

    private static List<@Nullable Double> values(JsonNode series) {
        List<@Nullable Double> values = new ArrayList<>();
        series.path("values").forEach(v -> values.add(v.isNull() ? null : v.asDouble()));
        return values;
    }

    @Test
    void answersColumnsWithNothingWhereNothingWasMeasured() throws Exception {
        READS.clear();
        ApiClient.Reply reply = CLIENT.get(
                "/vms/" + VM + "/statistics?from=2026-11-29T18:00:00Z&to=2026-11-29T18:30:00Z&resolution=60");
        assertThat(reply.status()).isEqualTo(200);
        JsonNode body = reply.body();
        assertThat(body.path("times").toString()).isEqualTo("[1795975200,1795975205,1795975210]");
        assertThat(body.path("resolutionSeconds").asInt()).isEqualTo(5);
        assertThat(body.path("problem").asText()).isEqualTo("libvirt cannot be used now.");
        assertThat(values(body, "cpuPercent", null)).containsExactly(100.0, null, 50.0);
        assertThat(values(body, "cpuOfAllPercent", null)).containsExactly(50.0, null, 25.0);
        assertThat(values(body, "readBytes", "vda")).containsExactly(4096.0, null, 0.0);
        assertThat(values(body, "readLatency", "vda").getFirst()).isBetween(0.00199, 0.00201);
        assertThat(values(body, "readLatency", "vda").subList(1, 3)).containsExactly(null, null);
        assertThat(values(body, "sentBytes", "0")).containsExactly(1.0, null, 3.0);
        assertThat(body.toString()).doesNotContain("newMeasureOfANeighbour");
        StatisticsApi.Read asked = READS.take();
        assertThat(asked)
                .isEqualTo(new StatisticsApi.Read(
                        VM,
                        Instant.parse("2026-11-29T18:00:00Z").getEpochSecond(),
                        Instant.parse("2026-11-29T18:30:00Z").getEpochSecond(),
                        60,
                        0));
    }

    @Test
    void refusesTimesThatAreNone() {
        assertThat(CLIENT.get("/vms/" + VM + "/statistics?from=yesterday").field())
                .isEqualTo("from");
        assertThat(CLIENT.get("/vms/" + VM + "/statistics?resolution=7").field())
                .isEqualTo("resolution");
        assertThat(CLIENT.get("/vms/" + VM + "/statistics?from=2026-11-29T18:00:01Z&to=2026-11-29T18:00:00Z")
                        .field())
                .isEqualTo("from");
    }

    @Test
    void saysThatTheHostWithTheNumbersIsAway() {
        ApiClient.Reply away = CLIENT.get("/vms/" + VM_OF_GONE_HOST + "/statistics");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.body().path("detail").asText()).contains("kvm2", "does not answer");
        ApiClient.Reply none = CLIENT.get("/vms/" + VM_WITHOUT_HOST + "/statistics");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.body().path("problem").asText()).contains("no host");
    }

    private static Sample sample() {
        var shape = new Shape(List.of("cpuCount", "cpuSeconds", "disk/vda/writtenBytes"));
        return new Sample(
                HOST,
                "kvm\"1",
                1_795_975_200,
                List.of(shape, new Shape(List.of("load"))),
                List.of(
                        new Subject(
                                VM,
                                0,
                                PackedNumbers.ofDoubles(new double[] {2, 1234.5, 9e15}),
                                PackedNumbers.ofFloats(new float[] {2, 0.5f, Float.NaN})),
                        new Subject(
                                null,
                                1,
                                PackedNumbers.ofDoubles(new double[] {0.25}),
                                PackedNumbers.ofFloats(new float[] {0.25f}))));
    }

    @Test
    void tellsPrometheusWhatIsFreshWhateverThingsAreCalled() {
        GATEWAY.bus().publish(StatisticsApi.SAMPLED, sample());
        String metrics = Eventually.get(
                () -> GATEWAY.management("/metrics").substring("200 ".length()), text -> text.contains("_vm_"));
        String vm = "{vm=\"a\\\"b\\\\c\\nd{e=\\\"f\\\"} 7\",vm_id=\"" + VM + "\",host=\"kvm\\\"1\"";
        assertThat(metrics)
                .contains("\nlimiquantix_vm_cpu_seconds_total" + vm + "} 1234.5\n")
                .contains("\nlimiquantix_vm_disk_written_bytes_total" + vm + ",device=\"vda\"} 9000000000000000\n")
                .contains("\nlimiquantix_host_load1{host=\"kvm\\\"1\",host_id=\"" + HOST + "\"} 0.25\n")
                .contains("# TYPE limiquantix_vm_cpu_seconds_total counter\n")
                .contains("\nlimiquantix_pool_usable_hosts{pool=\"a\\\"b")
                .doesNotContain("limiquantix_pool_free_bytes");
        MetricsGrammar.check(metrics);
        JsonNode latest = CLIENT.get("/vms/" + VM + "/statistics/latest").body();
        assertThat(latest.path("at").asText())
                .isEqualTo(Instant.ofEpochSecond(1_795_975_200).toString());
        assertThat(latest.path("series").toString())
                .contains("{\"name\":\"cpuPercent\",\"kind\":\"machine\",\"unit\":\"%\",\"value\":50.0}")
                .doesNotContain("writtenBytes");
        assertThat(CLIENT.get("/vms/" + VM_OF_GONE_HOST + "/statistics/latest")
                        .body()
                        .has("at"))
                .isFalse();
    }
}
