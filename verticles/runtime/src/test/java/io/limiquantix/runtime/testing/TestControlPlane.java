package io.limiquantix.runtime.testing;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.changes.ChangeFeed;
import io.limiquantix.runtime.config.Configuration;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.health.Health;
import io.limiquantix.runtime.secrets.SecretBox;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.tasks.TaskService;
import io.limiquantix.runtime.tasks.Tasks;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** A control plane without verticles: real PostgreSQL, the real bus in one process, the real task runner. */
public final class TestControlPlane implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ControlPlane controlPlane;

    private TestControlPlane(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /** Starts on an empty database with the runtime's schema and these. */
    public static TestControlPlane start(String... schemas) {
        return on(database(schemas), "{}", TaskObserver.NONE);
    }

    /** An empty database with the runtime's schema and these. */
    public static DatabaseAddress database(String... schemas) {
        return TestDatabase.create(
                Stream.concat(Stream.of("runtime"), Stream.of(schemas)).toList());
    }

    /** Starts one more control plane on a database that is there. */
    public static TestControlPlane on(DatabaseAddress address, String yaml, TaskObserver observer) {
        try {
            Path directory = Files.createTempDirectory("limiquantix-test");
            Path file = Files.writeString(directory.resolve("limiquantix.yaml"), yaml);
            Vertx vertx = Vertx.vertx();
            Platform platform = new Platform(
                    vertx, Bus.on(vertx), Clock.systemUTC(), directory, Configuration.read(file), new Health());
            Database database = Database.open(vertx, address, 12);
            Tasks tasks = new Tasks(database, observer);
            tasks.start();
            new TaskService(database, tasks).serve(platform.bus());
            SecretBox secrets = SecretBox.open(keyFor(address), database);
            return new TestControlPlane(
                    new ControlPlane(platform, database, tasks, ChangeFeed.start(vertx, database), secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Control planes on one database share a key, as in production. */
    private static Path keyFor(DatabaseAddress address) {
        // Not the port: some reach it through a line that can be cut.
        return Path.of(System.getProperty("java.io.tmpdir"), "limiquantix-test-" + address.database() + ".key");
    }

    /** Starts a verticle as production does and waits until it is up. */
    public void deploy(Function<ControlPlane, Deployable> verticle) {
        controlPlane
                .platform()
                .vertx()
                .deployVerticle(
                        verticle.apply(controlPlane),
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    public Bus bus() {
        return controlPlane.platform().bus();
    }

    /** A new operation of a test user. */
    public static Caller caller() {
        return Caller.of(new Actor("tester", UUID.fromString("0198c0de-0000-7000-8000-00000000beef")), PATIENCE);
    }

    /** Waits until the task has ended. */
    public TaskView awaitEnd(UUID taskId) {
        return Eventually.get(() -> bus().request(TaskApi.GET, new TaskApi.Get(taskId), caller()), task -> task.state()
                .isFinal());
    }

    /** Everything that was noted in the change log, as {@code kind CHANGE}. */
    public List<String> changes() {
        return controlPlane
                .database()
                .query(
                        "select kind || ' ' || change as line from runtime.changes order by id",
                        row -> row.text("line"));
    }

    @Override
    public void close() {
        controlPlane.tasks().close();
        controlPlane.changes().close();
        controlPlane.database().close();
        controlPlane
                .platform()
                .vertx()
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
