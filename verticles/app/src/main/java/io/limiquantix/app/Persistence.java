package io.limiquantix.app;

import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.changes.ChangeFeed;
import io.limiquantix.runtime.config.Configuration;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.database.DatabaseConfig;
import io.limiquantix.runtime.database.EmbeddedServer;
import io.limiquantix.runtime.database.Migrations;
import io.limiquantix.runtime.secrets.SecretBox;
import io.limiquantix.runtime.secrets.SecretsConfig;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.tasks.TaskService;
import io.limiquantix.runtime.tasks.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The database of a control plane process and what is kept in it for all verticles. */
final class Persistence {

    /** A migrated database; {@code embedded} is present when this process runs the server. */
    record Server(DatabaseAddress address, Optional<EmbeddedServer> embedded, DatabaseConfig config) {}

    private final ControlPlane controlPlane;
    private final Server server;

    private Persistence(ControlPlane controlPlane, Server server) {
        this.controlPlane = controlPlane;
        this.server = server;
    }

    /** Starts or reaches the database and migrates it; empty when none of the verticles needs one. */
    static Optional<Server> serverFor(List<CataloguedVerticle> verticles, Configuration configuration, Path data) {
        List<CataloguedVerticle.OfControlPlane> parts = verticles.stream()
                .filter(CataloguedVerticle.OfControlPlane.class::isInstance)
                .map(CataloguedVerticle.OfControlPlane.class::cast)
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        DatabaseConfig config = configuration.section("database", DatabaseConfig.class);
        try {
            Server server = config.isEmbedded()
                    ? embedded(EmbeddedServer.start(data.resolve("postgresql"), config.embeddedPort()), config)
                    : new Server(DatabaseAddress.external(config), Optional.empty(), config);
            List<String> schemas = Stream.concat(
                            Stream.of("runtime"), parts.stream().flatMap(part -> part.schema().stream()))
                    .toList();
            Migrations.run(server.address(), schemas);
            return Optional.of(server);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL could not be prepared", e);
        }
    }

    private static Server embedded(EmbeddedServer server, DatabaseConfig config) {
        return new Server(server.address(), Optional.of(server), config);
    }

    static Persistence open(Server server, Platform platform, TaskObserver observer) {
        Database database = Database.open(
                platform.vertx(), server.address(), server.config().connections());
        Path keyFile =
                platform.configuration().section("secrets", SecretsConfig.class).keyFileIn(platform.dataDirectory());
        SecretBox secrets = SecretBox.open(keyFile, database);
        Tasks tasks = new Tasks(database, observer);
        if (server.embedded().isPresent()) {
            tasks.takeOverAll();
        }
        new TaskService(database, tasks).serve(platform.bus());
        ChangeFeed changes = ChangeFeed.start(platform.vertx(), database);
        platform.health().add("database", changes::problem);
        return new Persistence(new ControlPlane(platform, database, tasks, changes, secrets), server);
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    void startTasks() {
        controlPlane.tasks().start();
    }

    /** No task begins any more; the running ones are taken up by another process or the next start. */
    void stopTasks() {
        controlPlane.tasks().close();
    }

    void closeDatabase() {
        controlPlane.changes().close();
        controlPlane.database().close();
    }

    void closeServer() {
        server.embedded().ifPresent(embedded -> {
            try {
                embedded.close();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL could not be stopped", e);
            }
        });
    }
}
