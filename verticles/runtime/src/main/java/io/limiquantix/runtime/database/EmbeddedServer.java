package io.limiquantix.runtime.database;

import io.limiquantix.bus.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A real PostgreSQL server that this process starts on the loopback interface and keeps its data across restarts. After
 * a hard kill the server lives on and the next start takes it over.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final DatabaseAddress address;

    private EmbeddedServer(EmbeddedPostgres postgres, DatabaseAddress address) {
        this.postgres = postgres;
        this.address = address;
    }

    /** Starts the server on data below this directory; a new one is made where there is none. */
    public static EmbeddedServer start(Path directory, int port) throws IOException, SQLException {
        Path data = Files.createDirectories(directory).resolve("data");
        String password = password(directory.resolve("password"));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setCleanDataDirectory(false)
                .setPort(port)
                .setConnectConfig("password", password)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setPGStartupWait(START_PATIENCE)
                .start();
        return new EmbeddedServer(postgres, demandPassword(postgres, password, data, port));
    }

    public DatabaseAddress address() {
        return address;
    }

    /** The server's own first set-up trusts every local user; from here on it wants the password that only we can read. */
    private static DatabaseAddress demandPassword(EmbeddedPostgres postgres, String password, Path data, int port)
            throws IOException, SQLException {
        Path rules = data.resolve("pg_hba.conf");
        String demanded = """
                local all all scram-sha-256
                host all all 127.0.0.1/32 scram-sha-256
                host all all ::1/128 scram-sha-256
                """;
        if (!Files.readString(rules).equals(demanded)) {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("alter role postgres password '" + password + "'");
                Files.writeString(rules, demanded);
                statement.execute("select pg_reload_conf()");
            }
        }
        return new DatabaseAddress("127.0.0.1", port, "postgres", "postgres", new Secret(password));
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            writePrivately(file, newPassword());
        }
        return Files.readString(file).strip();
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void writePrivately(Path file, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(file);
        Files.createFile(file, ownerOnly);
        Files.writeString(file, text);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
