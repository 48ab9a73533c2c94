package io.limiquantix.runtime.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Records and lists as {@code jsonb} parameters. */
public final class Json {
    private Json() {}

    public static JsonObject of(Record value) {
        return new JsonObject(encode(value));
    }

    public static JsonArray array(Iterable<?> values) {
        return new JsonArray(encode(values));
    }

    /** What {@link #of} was made of; fails when it is of another type. */
    public static <T> T read(String text, Class<T> type) throws IOException {
        return Wire.json().readValue(text, type);
    }

    private static String encode(Object value) {
        try {
            return Wire.json().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " has no JSON form", e);
        }
    }
}
