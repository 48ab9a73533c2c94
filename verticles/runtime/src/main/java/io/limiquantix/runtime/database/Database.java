package io.limiquantix.runtime.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The platform's PostgreSQL database. Blocks the calling thread, which is to be a virtual one. */
public final class Database implements AutoCloseable {
    private static final int CONNECTION_WAIT_SECONDS = 30;
    /** Longer than a statement may take: a connection whose server has vanished does not go on failing its users. */
    private static final int SILENT_CONNECTION_SECONDS = 35;

    private final Pool pool;
    private final DatabaseAddress address;

    private Database(Pool pool, DatabaseAddress address) {
        this.pool = pool;
        this.address = address;
    }

    /** Opens a pool of at most so many connections; the server need not be up yet. */
    public static Database open(Vertx vertx, DatabaseAddress address, int connections) {
        Pool pool = PgBuilder.pool()
                .connectingTo(address.connectOptions())
                .with(new NetClientOptions()
                        .setReadIdleTimeout(SILENT_CONNECTION_SECONDS)
                        .setTcpKeepAlive(true))
                .with(new PoolOptions().setMaxSize(connections).setShared(false))
                .using(vertx)
                .build();
        return new Database(pool, address);
    }

    public DatabaseAddress address() {
        return address;
    }

    /** Runs the work in one transaction; an exception rolls all of it back and goes on to the caller. */
    public <T> T transaction(Function<Transaction, T> work) {
        SqlConnection connection = connection();
        try {
            Transaction transaction = new Transaction(new Statements(connection));
            T result;
            try {
                result = work.apply(transaction);
            } catch (RuntimeException | Error e) {
                rollBack(transaction, e);
                throw e;
            }
            transaction.commit();
            return result;
        } finally {
            connection.close();
        }
    }

    private SqlConnection connection() {
        try {
            return awaited(pool.getConnection());
        } catch (RejectedExecutionException e) {
            // Vert.x was closed before whoever asks has noticed that the process stops.
            throw new DatabaseException(e);
        }
    }

    private static SqlConnection awaited(Future<SqlConnection> asked) {
        try {
            return Waiting.forResult(asked, CONNECTION_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (DatabaseException e) {
            // One that comes after all would be missing in the pool for ever.
            asked.onSuccess(SqlConnection::close);
            throw e;
        }
    }

    /** As {@link #transaction}, for work without a result. */
    public void run(Consumer<Transaction> work) {
        transaction(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /** One statement, which is a transaction of its own. */
    public <T> List<T> query(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        return alone(statements -> statements.query(sql, reader, parameters));
    }

    public <T> Optional<T> queryOne(String sql, Function<Row, T> reader, @Nullable Object... parameters) {
        return alone(statements -> statements.queryOne(sql, reader, parameters));
    }

    public int update(String sql, @Nullable Object... parameters) {
        return alone(statements -> statements.update(sql, parameters));
    }

    private <T> T alone(Function<Statements, T> statement) {
        SqlConnection connection = connection();
        try {
            return statement.apply(new Statements(connection));
        } finally {
            connection.close();
        }
    }

    /** A connection of its own for notifications; not connected yet. */
    public PgSubscriber subscriber(Vertx vertx) {
        return PgSubscriber.subscriber(vertx, address.connectOptions());
    }

    private static void rollBack(Transaction transaction, Throwable reason) {
        try {
            transaction.rollback();
        } catch (DatabaseException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        Waiting.forResult(pool.close(), CONNECTION_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
