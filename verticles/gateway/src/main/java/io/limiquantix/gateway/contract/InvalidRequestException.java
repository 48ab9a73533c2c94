package io.limiquantix.gateway.contract;

import java.util.List;

/** A request that the contract does not allow. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    public InvalidRequestException(List<FieldError> errors) {
        super(errors.getFirst().field() + " " + errors.getFirst().message());
        this.errors = List.copyOf(errors);
    }

    public InvalidRequestException(List<FieldError> errors, Throwable cause) {
        super(errors.getFirst().field() + " " + errors.getFirst().message(), cause);
        this.errors = List.copyOf(errors);
    }

    public static InvalidRequestException of(String field, String message) {
        return new InvalidRequestException(List.of(new FieldError(field, message)));
    }

    public List<FieldError> errors() {
        return errors;
    }
}
