package io.limiquantix.bus;

import java.util.Map;

/** Carries a {@link Failure} up a call stack; the only exception that a handler throws on purpose. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.code() + ": " + failure.message());
        this.failure = failure;
    }

    public FailureException(Failure failure, Throwable cause) {
        super(failure.code() + ": " + failure.message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    public FailureCode code() {
        return failure.code();
    }

    public static FailureException of(FailureCode code, String message) {
        return new FailureException(Failure.of(code, message));
    }

    /** A value that is not acceptable; {@code field} is its path in the request as the API names it. */
    public static FailureException invalid(String field, String message) {
        return new FailureException(new Failure(FailureCode.INVALID, message, Map.of("field", field)));
    }

    public static FailureException notFound(String message) {
        return of(FailureCode.NOT_FOUND, message);
    }

    public static FailureException conflict(String message) {
        return of(FailureCode.CONFLICT, message);
    }
}
