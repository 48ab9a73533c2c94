package io.limiquantix.bus;

import org.jspecify.annotations.Nullable;

/**
 * What comes back for a request: a body or a failure, exactly one of them.
 *
 * @param failure present when the handler refused or failed
 */
public record Reply<B extends Record>(
        @Nullable B body, @Nullable Failure failure) {

    public static <B extends Record> Reply<B> of(B body) {
        return new Reply<>(body, null);
    }

    public static <B extends Record> Reply<B> refused(Failure failure) {
        return new Reply<>(null, failure);
    }
}
