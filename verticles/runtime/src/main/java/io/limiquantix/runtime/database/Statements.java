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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements on one connection, in the order in which they are sent. For one virtual thread. */
final class Statements {
    private static final long SECONDS = 30;

    private final SqlConnection connection;

    Statements(SqlConnection connection) {
        this.connection = connection;
    }

    <T> List<T> query(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        List<T> result = new ArrayList<>();
        for (var row : await(send(sql, parameters))) {
            result.add(reader.apply(new Row(row)));
        }
        return result;
    }

    <T> Optional<T> queryOne(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        List<T> rows = query(sql, reader, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("one row at most was expected of: " + sql);
        }
        return rows.stream().findFirst();
    }

    /** The number of rows that were changed. */
    int update(String sql, @Nullable Object... parameters) {
        return await(send(sql, parameters)).rowCount();
    }

    /** The server gets it before what is sent later; nobody waits for its answer. */
    Future<RowSet<io.vertx.sqlclient.Row>> send(String sql, @Nullable Object... parameters) {
        Tuple tuple = Tuple.tuple();
        for (Object parameter : parameters) {
            tuple.addValue(wire(parameter));
        }
        return connection.preparedQuery(sql).execute(tuple);
    }

    /** The same for a command without parameters. */
    Future<RowSet<io.vertx.sqlclient.Row>> sendCommand(String command) {
        return connection.query(command).execute();
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
        return Waiting.forResult(future, SECONDS, TimeUnit.SECONDS);
    }
}
