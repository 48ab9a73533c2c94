package io.limiquantix.runtime.database;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import org.jspecify.annotations.Nullable;

/** Keeps a change from undoing one that its author has not seen. */
public final class VersionCheck {
    private VersionCheck() {}

    /**
     * @param thing for instance {@code volume data}
     * @param expected absent when the author does not care
     * @throws FailureException {@code STALE_VERSION}
     */
    public static void require(String thing, @Nullable Long expected, long actual) {
        if (expected != null && expected != actual) {
            throw FailureException.of(FailureCode.STALE_VERSION, "The " + thing + " was changed since you read it.");
        }
    }
}
