package io.limiquantix.runtime.database;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements that take effect together or not at all. For one virtual thread, until the transaction ends. */
public final class Transaction {
    private final Statements statements;
    /** What was sent and nobody has waited for; most of a statement's time is the way to the server and back. */
    private final List<Future<?>> underWay = new ArrayList<>();

    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> unlessCommitted = new ArrayList<>();

    /** Begins it. */
    Transaction(Statements statements) {
        this.statements = statements;
        underWay.add(statements.sendCommand("begin"));
    }

    /** Parameters are {@code $1}, {@code $2} …; instants, UUIDs, enums and {@link Json} values are understood. */
    public <T> List<T> query(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        return statements.query(sql, reader, parameters);
    }

    public <T> Optional<T> queryOne(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        return statements.queryOne(sql, reader, parameters);
    }

    /** The number of rows that were changed. */
    public int update(String sql, @Nullable Object... parameters) {
        return statements.update(sql, parameters);
    }

    /** A statement whose answer nobody needs: it is done before the next one, and a failure shows at the end at the latest. */
    public void send(String sql, @Nullable Object... parameters) {
        underWay.add(statements.send(sql, parameters));
    }

    /** Runs once the transaction is durable, never when it was rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Runs when the transaction was rolled back, or nobody knows whether it is durable. */
    public void unlessCommitted(Runnable action) {
        unlessCommitted.add(action);
    }

    /**
     * Notes a change of something that clients see, for the event stream.
     *
     * @param kind {@code vm}, {@code host}, {@code pool}, {@code volume}, {@code image} or {@code task}
     */
    public void changed(String kind, UUID id, Change change) {
        send("insert into runtime.changes (kind, object_id, change) values ($1, $2, $3)", kind, id, change);
    }

    /** What happened to the thing. */
    public enum Change {
        CREATED,
        CHANGED,
        DELETED
    }

    /** Where anything has failed, the server takes a commit for a rollback; what failed is thrown. */
    void commit() {
        boolean committed = false;
        try {
            Future<?> commit = statements.sendCommand("commit");
            underWay.forEach(Statements::await);
            Statements.await(commit);
            committed = true;
        } finally {
            (committed ? afterCommit : unlessCommitted).forEach(Runnable::run);
        }
    }

    void rollback() {
        try {
            Statements.await(statements.sendCommand("rollback"));
        } finally {
            unlessCommitted.forEach(Runnable::run);
        }
    }
}
