package io.limiquantix.gateway.http;

import io.limiquantix.bus.TaskRef;
import java.util.HashMap;
import java.util.Map;

/**
 * What an operation answers.
 *
 * @param body written as JSON; {@link #NO_BODY} for none
 */
public record Answer(int status, Object body, Map<String, String> headers) {
    public static final Object NO_BODY = new Object();

    /** A body that is no JSON. */
    record Text(String contentType, String text) {}

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    /** One thing with its version, which {@code If-Match} can name. */
    public static Answer versioned(Object body, long version) {
        return new Answer(200, body, Map.of("ETag", etag(version)));
    }

    public static Answer created(Object body, String location, long version) {
        return new Answer(201, body, Map.of("Location", location, "ETag", etag(version)));
    }

    public static Answer file(int status, String contentType, String text) {
        return new Answer(status, new Text(contentType, text), Map.of());
    }

    public static Answer done() {
        return new Answer(204, NO_BODY, Map.of());
    }

    public static Answer accepted(TaskRef task) {
        return new Answer(202, task, Map.of("Location", "/api/v1/tasks/" + task.taskId()));
    }

    public Answer withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, more);
    }

    private static String etag(long version) {
        return "\"" + version + "\"";
    }
}
