package io.limiquantix.gateway.management;

import io.limiquantix.bus.Wire;
import io.limiquantix.gateway.http.RequestMetrics;
import io.limiquantix.runtime.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntSupplier;

/** Health and metrics for those who run the platform, on a port of its own. */
public final class ManagementServer {
    private static final double MILLIS = 1e3;

    private final Health health;
    private final RequestMetrics metrics;
    private final Map<String, IntSupplier> gauges;

    /** @param gauges further figures by their name in Prometheus */
    public ManagementServer(Health health, RequestMetrics metrics, Map<String, IntSupplier> gauges) {
        this.health = health;
        this.metrics = metrics;
        this.gauges = Map.copyOf(gauges);
    }

    public Future<HttpServer> listen(Vertx vertx, String address, int port) {
        return vertx.createHttpServer().requestHandler(this::handle).listen(port, address);
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("Cache-Control", "no-store");
        switch (String.valueOf(request.path())) {
            case "/healthz" -> response.putHeader("Content-Type", "text/plain").end("ok\n");
            // The checks may wait a little, and this thread must not.
            case "/readyz" -> Thread.ofVirtual().start(() -> ready(response));
            case "/metrics" ->
                response.putHeader("Content-Type", "text/plain; version=0.0.4").end(metrics());
            default -> response.setStatusCode(404).end();
        }
    }

    private void ready(HttpServerResponse response) {
        Map<String, String> problems = health.problems();
        response.setStatusCode(problems.isEmpty() ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(Wire.json()
                        .valueToTree(Map.of("ready", problems.isEmpty(), "problems", problems))
                        .toString());
    }

    private String metrics() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS;
        StringBuilder text = new StringBuilder(metrics.prometheus());
        gauge(text, "limiquantix_heap_used_bytes", Long.toString(heap.getUsed()));
        gauge(text, "limiquantix_uptime_seconds", Double.toString(uptime));
        gauge(
                text,
                "limiquantix_health_problems",
                Integer.toString(health.problems().size()));
        gauges.forEach((name, value) -> gauge(text, name, Integer.toString(value.getAsInt())));
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String value) {
        text.append("# TYPE ")
                .append(name)
                .append(" gauge\n")
                .append(name)
                .append(' ')
                .append(value)
                .append('\n');
    }
}
