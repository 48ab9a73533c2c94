package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.database.DatabaseException;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong below a request into a failure that may travel. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static FailureException ofTransport(String address, Throwable cause) {
        if (cause instanceof FailureException failure) {
            return failure;
        }
        if (cause instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case NO_HANDLERS ->
                    new FailureException(
                            Failure.of(FailureCode.UNAVAILABLE, "Nobody answers at " + address + " now."), reply);
                case TIMEOUT ->
                    new FailureException(
                            Failure.of(
                                    FailureCode.TIMEOUT,
                                    "No answer from " + address + " in time; it is unknown whether it acted."),
                            reply);
                case RECIPIENT_FAILURE, ERROR ->
                    new FailureException(
                            Failure.of(FailureCode.INTERNAL, address + " failed: " + reply.getMessage()), reply);
            };
        }
        if (cause instanceof InterruptedException) {
            return new FailureException(
                    Failure.of(FailureCode.TIMEOUT, "Waiting for " + address + " was interrupted."), cause);
        }
        return unexpected(address, cause);
    }

    static FailureException unreadable(String address, IOException cause) {
        return new FailureException(
                Failure.of(FailureCode.INTERNAL, "The message at " + address + " could not be read."), cause);
    }

    /** The database being away is no defect; all else is: the log gets the stack trace, the asker a number to find it by. */
    static FailureException unexpected(String where, Throwable cause) {
        if (cause instanceof DatabaseException database && database.mayPass()) {
            LOG.warn("the database did not answer at {}", where, cause);
            return new FailureException(
                    Failure.of(
                            FailureCode.TIMEOUT,
                            "The database did not answer, so it is unknown whether this was done. Look before you repeat it."),
                    cause);
        }
        String incident = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("incident {} at {}", incident, where, cause);
        return new FailureException(
                new Failure(
                        FailureCode.INTERNAL,
                        "Something went wrong inside LimiQuantix; the log says more under incident " + incident + ".",
                        Map.of("incident", incident)),
                cause);
    }
}
