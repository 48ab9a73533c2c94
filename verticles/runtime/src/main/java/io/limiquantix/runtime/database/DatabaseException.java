package io.limiquantix.runtime.database;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A statement or connection failed. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String UNIQUE_VIOLATION = "23505";

    public DatabaseException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /** The unique constraint or index that a statement ran into, if that is what happened. */
    public @Nullable String violatedUnique() {
        return getCause() instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())
                ? pg.getConstraint()
                : null;
    }
}
