package io.limiquantix.gateway.http;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of an exception. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static Problem of(Throwable cause, String where) {
        return switch (cause) {
            case FailureException e -> Problem.of(e.failure());
            case InvalidRequestException e -> Problem.of(e);
            case WrongContentTypeException e -> Problem.of(415, FailureCode.INVALID, e.expectation());
            default -> unexpected(cause, where);
        };
    }

    private static Problem unexpected(Throwable cause, String where) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("incident {} at {}", incident, where, cause);
        return Problem.of(new Failure(
                FailureCode.INTERNAL,
                "Something went wrong inside LimiQuantix; the log says more under incident " + incident + ".",
                Map.of("incident", incident)));
    }
}
