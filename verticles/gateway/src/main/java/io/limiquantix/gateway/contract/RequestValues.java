package io.limiquantix.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.limiquantix.gateway.contract.ApiParameter.Place;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of a request that the contract allows. */
public final class RequestValues {
    private final Map<String, JsonNode> parameters;
    private final @Nullable JsonNode body;

    private RequestValues(Map<String, JsonNode> parameters, @Nullable JsonNode body) {
        this.parameters = parameters;
        this.body = body;
    }

    /**
     * Reads and checks everything but the body.
     *
     * @throws InvalidRequestException naming each field that is wrong
     */
    public static RequestValues of(
            ApiOperation operation, Map<String, String> path, Map<String, List<String>> query, MultiMap headers) {
        Map<String, JsonNode> values = new HashMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (ApiParameter parameter : operation.parameters()) {
            List<String> texts =
                    switch (parameter.place()) {
                        case PATH ->
                            Optional.ofNullable(path.get(parameter.name())).stream()
                                    .toList();
                        case QUERY -> query.getOrDefault(parameter.name(), List.of());
                        case HEADER -> headers.getAll(parameter.name());
                    };
            read(parameter, texts, values, errors);
        }
        refuseUnknown(operation, query, errors);
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return new RequestValues(values, null);
    }

    /** The same with the body, read and checked. */
    public RequestValues withBody(Schema schema, byte[] bytes) {
        JsonNode node = StrictJson.read(bytes);
        List<FieldError> errors = schema.check(node, "");
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return new RequestValues(parameters, node);
    }

    private static void read(
            ApiParameter parameter, List<String> texts, Map<String, JsonNode> values, List<FieldError> errors) {
        if (texts.isEmpty()) {
            if (parameter.required()) {
                errors.add(new FieldError(parameter.name(), "is missing."));
            }
            return;
        }
        if (texts.size() > 1) {
            errors.add(new FieldError(parameter.name(), "is given more than once."));
            return;
        }
        JsonNode value = typed(parameter.type(), texts.getFirst());
        List<FieldError> found = parameter.schema().check(value, parameter.name());
        errors.addAll(found);
        if (texts.getFirst().chars().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError(parameter.name(), "has control characters in it."));
        }
        values.put(parameter.name(), value);
    }

    private static void refuseUnknown(
            ApiOperation operation, Map<String, List<String>> query, List<FieldError> errors) {
        for (String name : query.keySet()) {
            boolean known = operation.parameters().stream()
                    .anyMatch(p -> p.place() == Place.QUERY && p.name().equals(name));
            if (!known) {
                errors.add(new FieldError(FieldPath.join("", name), "is not a parameter that is known here."));
            }
        }
    }

    /** A text that is not of the type stays a text, and the schema says so. */
    private static JsonNode typed(String type, String text) {
        return switch (type) {
            case "integer" ->
                text.matches("-?\\d{1,18}")
                        ? LongNode.valueOf(Long.parseLong(text))
                        : JsonNodeFactory.instance.textNode(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? BooleanNode.valueOf(text.equals("true"))
                        : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    public UUID id(String name) {
        return UUID.fromString(value(name).orElseThrow().asText());
    }

    public Optional<UUID> optionalId(String name) {
        return value(name).map(node -> UUID.fromString(node.asText()));
    }

    public Optional<String> text(String name) {
        return value(name).map(JsonNode::asText);
    }

    public Optional<Integer> integer(String name) {
        return value(name).map(JsonNode::asInt);
    }

    public Optional<Long> number(String name) {
        return value(name).map(JsonNode::asLong);
    }

    public Optional<Boolean> flag(String name) {
        return value(name).map(JsonNode::asBoolean);
    }

    /** The body of an operation that has one. */
    public JsonNode body() {
        if (body == null) {
            throw new IllegalStateException("this operation takes no body");
        }
        return body;
    }

    public boolean hasBody() {
        return body != null;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
