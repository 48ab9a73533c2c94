package io.limiquantix.host;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.util.function.Supplier;

/** Lets the failure of a read say what became of the change that it belongs to, as whoever asked for that repeats it or not. */
final class Certainty {
    private Certainty() {}

    /** Reads before anything is changed: a read that took too long leaves nothing unknown. */
    static <T> T beforeChange(Supplier<T> read) {
        return inPlaceOf(FailureCode.TIMEOUT, FailureCode.UNAVAILABLE, " Nothing was done.", read);
    }

    /** Reads after the change: a read that could not be done is no sign that nothing was. */
    static <T> T afterChange(Supplier<T> read) {
        return inPlaceOf(
                FailureCode.UNAVAILABLE, FailureCode.TIMEOUT, " It was read to tell what came of a change.", read);
    }

    private static <T> T inPlaceOf(FailureCode thrown, FailureCode meant, String also, Supplier<T> read) {
        try {
            return read.get();
        } catch (FailureException e) {
            if (e.code() != thrown) {
                throw e;
            }
            throw new FailureException(
                    new Failure(meant, e.failure().message() + also, e.failure().details()), e);
        }
    }
}
