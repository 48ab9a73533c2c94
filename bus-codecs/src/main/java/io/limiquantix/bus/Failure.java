package io.limiquantix.bus;

import java.util.Map;

/**
 * A failure as it travels: for a person to read and for a program to branch on. Never holds a secret or a stack trace.
 *
 * @param message a sentence that says what happened, to which thing, why, and what to do next
 * @param details machine-readable facts, for instance {@code field}
 */
public record Failure(FailureCode code, String message, Map<String, String> details) {

    public Failure {
        details = Map.copyOf(details);
    }

    public static Failure of(FailureCode code, String message) {
        return new Failure(code, message, Map.of());
    }
}
