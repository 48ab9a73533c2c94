package io.limiquantix.gateway.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads a body as JSON (RFC 8259) in one meaning only: no name twice, nothing after the value, no depth that breaks a
 * stack, and no control characters but tab and line break, which no field has a use for.
 */
final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 100;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static JsonNode read(byte[] bytes) {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null || node.isMissingNode()) {
                throw InvalidRequestException.of("body", "is empty; a JSON object is needed.");
            }
            refuseControlCharacters(node, "");
            return node;
        } catch (JsonProcessingException e) {
            throw InvalidRequestException.of("body", "is not valid JSON: " + e.getOriginalMessage() + where(e));
        } catch (IOException e) {
            throw InvalidRequestException.of("body", "is not valid JSON: " + e.getMessage());
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static void refuseControlCharacters(JsonNode node, String path) {
        if (node.isTextual() && node.asText().chars().anyMatch(StrictJson::isRefused)) {
            throw InvalidRequestException.of(path.isEmpty() ? "body" : path, "has control characters in it.");
        }
        node.properties().forEach(entry -> {
            if (entry.getKey().chars().anyMatch(StrictJson::isRefused)) {
                throw InvalidRequestException.of(
                        path.isEmpty() ? "body" : path, "has a field with control characters in its name.");
            }
            refuseControlCharacters(entry.getValue(), FieldPath.join(path, entry.getKey()));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            refuseControlCharacters(node.get(i), path + "[" + i + "]");
        }
    }

    private static boolean isRefused(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }
}
