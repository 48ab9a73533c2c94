package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a body that the contract has already checked; absent is null. */
final class Fields {
    private Fields() {}

    static String text(JsonNode body, String field) {
        return body.get(field).asText();
    }

    static @Nullable String optionalText(JsonNode body, String field) {
        return body.has(field) ? body.get(field).asText() : null;
    }

    static UUID id(JsonNode body, String field) {
        return UUID.fromString(text(body, field));
    }

    static @Nullable UUID optionalId(JsonNode body, String field) {
        return body.has(field) ? id(body, field) : null;
    }

    static long number(JsonNode body, String field, long otherwise) {
        return body.has(field) ? body.get(field).asLong() : otherwise;
    }

    static @Nullable Long optionalNumber(JsonNode body, String field) {
        return body.has(field) ? Long.valueOf(body.get(field).asLong()) : null;
    }

    /** Whatever its case is in the API. */
    static <E extends Enum<E>> @Nullable E optionalConstant(JsonNode body, String field, Class<E> type) {
        return body.has(field) ? Enum.valueOf(type, text(body, field).toUpperCase(Locale.ROOT)) : null;
    }

    static boolean flag(JsonNode body, String field, boolean otherwise) {
        return body.has(field) ? body.get(field).asBoolean() : otherwise;
    }

    static List<JsonNode> list(JsonNode body, String field) {
        return body.has(field)
                ? StreamSupport.stream(body.get(field).spliterator(), false).toList()
                : List.of();
    }

    static List<String> texts(JsonNode body, String field) {
        return list(body, field).stream().map(JsonNode::asText).toList();
    }
}
