package io.limiquantix.runtime.database;

import io.vertx.pgclient.PgException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement or connection failed. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String TRANSACTION_ABORTED = "25P02";
    private static final int CLASS_LENGTH = 2;

    /** Of SQLSTATE: not supported, cardinality, data, integrity, syntax and access, limits. */
    private static final Set<String> LASTING_CLASSES = Set.of("0A", "21", "22", "23", "42", "54");

    public DatabaseException(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /**
     * Whether the same statement may succeed another time, as when the connection was lost or the server stops; false when
     * PostgreSQL refuses the statement itself.
     */
    public boolean mayPass() {
        if (!(getCause() instanceof PgException pg)) {
            return true;
        }
        String state = String.valueOf(pg.getSqlState());
        boolean lasting = state.length() > CLASS_LENGTH && LASTING_CLASSES.contains(state.substring(0, CLASS_LENGTH));
        return !lasting && !TRANSACTION_ABORTED.equals(state);
    }

    /** The unique constraint or index that a statement ran into, if that is what happened. */
    public @Nullable String violatedUnique() {
        return getCause() instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())
                ? pg.getConstraint()
                : null;
    }
}
