package io.limiquantix.host.download;

import org.jspecify.annotations.Nullable;

/** A connection that could not be made or came to no end; another one may bring more. */
final class BrokenOffException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param what as a sentence without its full stop */
    BrokenOffException(String what) {
        super(what);
    }

    BrokenOffException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
