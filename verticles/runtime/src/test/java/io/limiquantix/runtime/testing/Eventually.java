package io.limiquantix.runtime.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition with a deadline. */
public final class Eventually {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 20_000_000;

    private Eventually() {}

    /** The first value for which the condition holds. */
    public static <T> T get(Supplier<T> value, Predicate<T> condition) {
        return get(DEADLINE, value, condition);
    }

    public static <T> T get(Duration deadline, Supplier<T> value, Predicate<T> condition) {
        Instant end = Instant.now().plus(deadline);
        T last = value.get();
        while (!condition.test(last)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + deadline + "; the last value was " + last);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            last = value.get();
        }
        return last;
    }

    public static void holds(BooleanSupplier condition) {
        get(condition::getAsBoolean, Boolean::booleanValue);
    }
}
