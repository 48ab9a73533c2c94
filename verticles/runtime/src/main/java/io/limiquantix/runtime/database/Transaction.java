package io.limiquantix.runtime.database;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements that take effect together or not at all. For one virtual thread, until the transaction ends. */
public final class Transaction {
    private static final long STATEMENT_SECONDS = 30;

    private final SqlConnection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Transaction(SqlConnection connection) {
        this.connection = connection;
    }

    /** Parameters are {@code $1}, {@code $2} …; instants, UUIDs, enums and {@link Json} values are understood. */
    public <T> List<T> query(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        List<T> result = new ArrayList<>();
        for (var row : execute(sql, parameters)) {
            result.add(reader.apply(new Row(row)));
        }
        return result;
    }

    public <T> Optional<T> queryOne(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        List<T> rows = query(sql, reader, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row at most was expected of: " + sql);
        }
        return rows.stream().findFirst();
    }

    /** The number of rows that were changed. */
    public int update(String sql, @Nullable Object... parameters) {
        return execute(sql, parameters).rowCount();
    }

    /** Runs once the transaction is durable, never when it was rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * Notes a change of something that clients see, for the event stream.
     *
     * @param kind {@code vm}, {@code host}, {@code pool}, {@code volume}, {@code image} or {@code task}
     */
    public void changed(String kind, UUID id, Change change) {
        update("insert into runtime.changes (kind, object_id, change) values ($1, $2, $3)", kind, id, change);
    }

    /** What happened to the thing. */
    public enum Change {
        CREATED,
        CHANGED,
        DELETED
    }

    void begin() {
        await(connection.query("begin").execute());
    }

    void commit() {
        await(connection.query("commit").execute());
        afterCommit.forEach(Runnable::run);
    }

    void rollback() {
        await(connection.query("rollback").execute());
    }

    private RowSet<io.vertx.sqlclient.Row> execute(String sql, @Nullable Object... parameters) {
        Tuple tuple = Tuple.tuple();
        for (Object parameter : parameters) {
            tuple.addValue(wire(parameter));
        }
        return await(connection.preparedQuery(sql).execute(tuple));
    }

    private static @Nullable Object wire(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Enum<?> constant -> constant.name();
            case byte[] bytes -> Buffer.buffer(bytes);
            default -> parameter;
        };
    }

    static <T> T await(Future<T> future) {
        return Waiting.forResult(future, STATEMENT_SECONDS, TimeUnit.SECONDS);
    }
}
