package io.limiquantix.gateway.http;

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

    /** In the text format of Prometheus. */
    public String prometheus() {
        Map<String, String> requests = new TreeMap<>();
        Map<String, String> seconds = new TreeMap<>();
        counts.forEach((key, count) -> {
            String labels = "{operation=\"" + key.operation() + "\",status=\"" + key.status() + "\"} ";
            requests.put(
                    "limiquantix_http_requests_total" + labels, count.requests().toString());
            seconds.put(
                    "limiquantix_http_request_seconds_total" + labels,
                    "" + count.nanos().sum() / NANOS);
        });
        StringBuilder text = new StringBuilder("# TYPE limiquantix_http_requests_total counter\n");
        requests.forEach((name, value) -> text.append(name).append(value).append('\n'));
        text.append("# TYPE limiquantix_http_request_seconds_total counter\n");
        seconds.forEach((name, value) -> text.append(name).append(value).append('\n'));
        return text.toString();
    }
}
