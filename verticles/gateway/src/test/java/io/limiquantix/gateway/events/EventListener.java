package io.limiquantix.gateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Wire;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.runtime.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A browser's {@code EventSource}: reads server-sent events as the WHATWG's HTML standard says. */
final class EventListener implements AutoCloseable {
    /** One event as a page gets it. */
    record Event(String name, JsonNode data) {
        boolean isOf(UUID id, String change) {
            return data.path("id").asText().equals(id.toString())
                    && data.path("change").asText().equals(change);
        }
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> lastId = new AtomicReference<>("");
    private final InputStream body;
    private final Thread reader;

    private EventListener(InputStream body) {
        this.body = body;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Returns once the stream is open and has said where it is. */
    static EventListener open(ApiClient client, @Nullable String lastEventId) {
        HttpRequest.Builder request = client.request("/events").timeout(Duration.ofSeconds(60));
        if (lastEventId != null) {
            request.setHeader("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> response =
                    client.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("the event stream answered " + response.statusCode());
            }
            EventListener listener = new EventListener(response.body());
            Eventually.holds(() -> !listener.lastId().isEmpty());
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        String name = "message";
        String data = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId.set(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(name, Wire.json().readTree(data)));
                    name = "message";
                    data = "";
                }
            }
        } catch (IOException e) {
            events.add(new Event("cut", Wire.json().missingNode()));
        }
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    String lastId() {
        return String.valueOf(lastId.get());
    }

    Event await(UUID id, String change) {
        Eventually.holds(() -> events.stream().anyMatch(event -> event.isOf(id, change)));
        return events.stream()
                .filter(event -> event.isOf(id, change))
                .findFirst()
                .orElseThrow();
    }

    boolean hasEnded() {
        return !reader.isAlive();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
