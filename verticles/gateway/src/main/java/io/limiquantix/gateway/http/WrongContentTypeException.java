package io.limiquantix.gateway.http;

/** A body in a form that the operation does not take. */
final class WrongContentTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    WrongContentTypeException(String expected) {
        super(expected);
        this.expected = expected;
    }

    String expectation() {
        return "The body has to be " + expected + ", and Content-Type has to say so.";
    }
}
