package io.limiquantix.host.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.tool.ToolException;
import java.util.Map;
import java.util.function.Supplier;

/** Turns what a driver says into failures that travel. */
public final class StorageFailures {
    private StorageFailures() {}

    /** Does the work and throws {@link FailureException} in place of a driver's exceptions. */
    public static <T> T translate(Supplier<T> work) {
        try {
            return work.get();
        } catch (StorageException e) {
            throw of(e);
        } catch (ToolException e) {
            throw of(e);
        }
    }

    public static FailureException of(StorageException e) {
        FailureCode code =
                switch (e.reason()) {
                    case INVALID -> FailureCode.INVALID;
                    case NOT_FOUND -> FailureCode.NOT_FOUND;
                    case CONFLICT -> FailureCode.CONFLICT;
                    case NO_SPACE -> FailureCode.NO_CAPACITY;
                    case FAILED -> FailureCode.STORAGE;
                    case TIMEOUT -> FailureCode.TIMEOUT;
                };
        return new FailureException(new Failure(code, String.valueOf(e.getMessage()), e.details()), e);
    }

    private static FailureException of(ToolException e) {
        FailureCode code =
                switch (e.kind()) {
                    case NOT_RUN, FAILED -> FailureCode.STORAGE;
                    case KILLED -> FailureCode.TIMEOUT;
                };
        return new FailureException(new Failure(code, String.valueOf(e.getMessage()), Map.of()), e);
    }
}
