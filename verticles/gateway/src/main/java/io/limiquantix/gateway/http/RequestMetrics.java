package io.limiquantix.gateway.http;

import io.limiquantix.gateway.management.PrometheusText;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered, how, and how long it took. Safe for any thread. */
public final class RequestMetrics {
    private static final double NANOS = 1e9;

    private record Key(String operation, int status) {}

    private record Count(LongAdder requests, LongAdder nanos) {}

    private final Map<Key, Count> counts = new ConcurrentHashMap<>();

    void answered(String operation, int status, long nanos) {
        Count count =
                counts.computeIfAbsent(new Key(operation, status), key -> new Count(new LongAdder(), new LongAdder()));
        count.requests().increment();
        count.nanos().add(nanos);
    }

    /** For Prometheus. */
    public void addTo(PrometheusText text) {
        counts.forEach((key, count) -> {
            Map<String, String> labels =
                    new TreeMap<>(Map.of("operation", key.operation(), "status", Integer.toString(key.status())));
            text.sample(
                    "limiquantix_http_requests_total",
                    PrometheusText.Type.COUNTER,
                    "Requests that were answered.",
                    labels,
                    (double) count.requests().sum());
            text.sample(
                    "limiquantix_http_request_seconds_total",
                    PrometheusText.Type.COUNTER,
                    "Seconds until they were answered, together.",
                    labels,
                    count.nanos().sum() / NANOS);
        });
    }
}
