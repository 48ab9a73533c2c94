package io.limiquantix.runtime.database;

import io.limiquantix.bus.Secret;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;

/** How to reach a PostgreSQL database. */
public record DatabaseAddress(String host, int port, String database, String user, Secret password) {

    /** Reads an external server's address and its password file. */
    public static DatabaseAddress external(DatabaseConfig config) throws IOException {
        URI uri = URI.create(String.valueOf(config.url()));
        if (uri.getHost() == null || uri.getUserInfo() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "database.url must read postgresql://user@host:port/database, not " + config.url());
        }
        if (config.passwordFile() == null) {
            throw new IllegalArgumentException("database.passwordFile is needed beside database.url");
        }
        String password = Files.readAllLines(config.passwordFile()).getFirst().strip();
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return new DatabaseAddress(
                uri.getHost(), port, uri.getPath().substring(1), uri.getUserInfo(), new Secret(password));
    }

    /** The same server and user with another database. */
    public DatabaseAddress withDatabase(String name) {
        return new DatabaseAddress(host, port, name, user, password);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    PgConnectOptions connectOptions() {
        return new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password.reveal())
                .setCachePreparedStatements(true)
                .addProperty("application_name", "limiquantix");
    }
}
