package io.limiquantix.gateway.management;

import io.limiquantix.bus.Wire;
import io.limiquantix.runtime.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics for those who run the platform, on a port of its own. */
public final class ManagementServer {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final double MILLIS = 1e3;

    private final Health health;
    private final List<Consumer<PrometheusText>> metrics;

    /** @param metrics those of others, each of which may block */
    public ManagementServer(Health health, List<Consumer<PrometheusText>> metrics) {
        this.health = health;
        this.metrics = List.copyOf(metrics);
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
            case "/metrics" -> Thread.ofVirtual().start(() -> metrics(response));
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

    private void metrics(HttpServerResponse response) {
        PrometheusText text = new PrometheusText();
        metrics.forEach(some -> add(some, text));
        own(text);
        response.putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(text.toString());
    }

    /** Some that cannot be had leave the others. */
    private static void add(Consumer<PrometheusText> some, PrometheusText text) {
        try {
            some.accept(text);
        } catch (RuntimeException e) {
            LOG.error("some metrics are missing", e);
        }
    }

    private void own(PrometheusText text) {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS;
        gauge(text, "limiquantix_heap_used_bytes", "Heap of this process that is used.", (double) heap.getUsed());
        gauge(text, "limiquantix_uptime_seconds", "How long this process has run.", uptime);
        int problems = health.problems().size();
        gauge(text, "limiquantix_health_problems", "Parts of this process that cannot work.", problems);
    }

    private static void gauge(PrometheusText text, String name, String help, double value) {
        text.sample(name, PrometheusText.Type.GAUGE, help, Map.of(), value);
    }
}
