package io.limiquantix.runtime.testing;

import io.limiquantix.bus.Secret;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;

/** One real PostgreSQL server for all tests of a JVM, with a new database for each that asks. */
public final class TestDatabase {
    private static final class Holder {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestDatabase() {}

    /** An empty database of its own. */
    public static DatabaseAddress create() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseAddress("localhost", Holder.SERVER.getPort(), name, "postgres", new Secret("postgres"));
    }
}
