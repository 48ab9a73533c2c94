package io.limiquantix.runtime.testing;

import io.limiquantix.bus.Secret;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

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

    /** Names of databases by the schemas in them: a copy costs less than to make the schemas anew. */
    private static final Map<List<String>, String> MIGRATED = new ConcurrentHashMap<>();

    private TestDatabase() {}

    /** An empty database of its own. */
    public static DatabaseAddress create() {
        return copy("template1");
    }

    /** A database of its own with empty tables of these schemas. */
    public static DatabaseAddress create(List<String> schemas) {
        return copy(MIGRATED.computeIfAbsent(schemas, TestDatabase::migrated));
    }

    private static String migrated(List<String> schemas) {
        DatabaseAddress address = create();
        Migrations.run(address, schemas);
        return address.database();
    }

    private static DatabaseAddress copy(String template) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseAddress("localhost", Holder.SERVER.getPort(), name, "postgres", new Secret("postgres"));
    }
}
