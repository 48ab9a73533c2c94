package io.limiquantix.gateway.contract;

import com.networknt.schema.ValidationMessage;

/** What a schema's complaint says to a person, to be read after the name of the field. */
final class SchemaWording {
    private SchemaWording() {}

    static String of(ValidationMessage message) {
        Object[] arguments = message.getArguments();
        return switch (message.getType()) {
            case "type" -> "must be of the type " + arguments[1] + ", not " + arguments[0] + ".";
            case "minimum" -> "must be at least " + arguments[0] + ".";
            case "maximum" -> "must be at most " + arguments[0] + ".";
            case "minLength" -> "must have at least " + arguments[0] + " characters.";
            case "maxLength" -> "must have at most " + arguments[0] + " characters.";
            case "minItems" -> "must have at least " + arguments[0] + " entries.";
            case "maxItems" -> "must have at most " + arguments[0] + " entries.";
            case "maxProperties" -> "must have at most " + arguments[0] + " entries.";
            case "enum" -> "must be one of " + arguments[0] + ".";
            case "pattern" -> "must match " + arguments[0] + ".";
            case "format" -> "must be a valid " + arguments[0] + ".";
            default -> "is not allowed (" + message.getType() + ").";
        };
    }
}
