package io.limiquantix.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.List;

/** A schema of the contract that values are checked against. */
public final class Schema {
    private static final int SHOWN_ERRORS = 20;

    private final JsonSchema schema;

    Schema(JsonSchema schema) {
        schema.initializeValidators();
        this.schema = schema;
    }

    /**
     * What is wrong with the value, in the order of its fields; empty when nothing is.
     *
     * @param name what the value itself is called in an error, empty for a body
     */
    List<FieldError> check(JsonNode value, String name) {
        return schema.validate(value).stream()
                .map(message -> error(message, name))
                .distinct()
                .sorted(Comparator.comparing(FieldError::field))
                .limit(SHOWN_ERRORS)
                .toList();
    }

    private static FieldError error(ValidationMessage message, String name) {
        String place = FieldPath.of(name, message.getInstanceLocation());
        return switch (message.getType()) {
            case "required" -> new FieldError(FieldPath.join(place, message.getProperty()), "is missing.");
            case "additionalProperties" ->
                new FieldError(FieldPath.join(place, message.getProperty()), "is not a field that is known here.");
            default -> new FieldError(place, SchemaWording.of(message));
        };
    }
}
