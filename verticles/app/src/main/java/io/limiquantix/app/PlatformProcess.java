package io.limiquantix.app;

import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.bus.AddressWatchdog;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.cluster.Cluster;
import io.limiquantix.runtime.cluster.ClusterConfig;
import io.limiquantix.runtime.config.Configuration;
import io.limiquantix.runtime.config.PlatformConfig;
import io.limiquantix.runtime.health.Health;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running process of the platform: the cluster, the database where it needs one, and its verticles. */
public final class PlatformProcess {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformProcess.class);
    private static final int STOP_SECONDS = 20;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Bus bus;
    private final AddressWatchdog watchdog;
    private final Optional<Persistence> persistence;
    private final List<String> deploymentIds = new ArrayList<>();

    private PlatformProcess(Vertx vertx, Bus bus, AddressWatchdog watchdog, Optional<Persistence> persistence) {
        this.vertx = vertx;
        this.bus = bus;
        this.watchdog = watchdog;
        this.persistence = persistence;
    }

    /** Blocks until every verticle that the file names is up. */
    public static PlatformProcess start(Path file) throws IOException {
        return start(file, TaskObserver.NONE, vertx -> {});
    }

    /** As {@link #start(Path)}, with somebody who is told of each step of a task, and a look at Vert.x before the bus. */
    public static PlatformProcess start(Path file, TaskObserver observer, Consumer<Vertx> prepare) throws IOException {
        Configuration configuration = Configuration.read(file);
        PlatformConfig config = configuration.section("platform", PlatformConfig.class);
        List<CataloguedVerticle> verticles = VerticleCatalogue.named(config.verticles());
        Path data = Files.createDirectories(config.dataDirectory().toAbsolutePath());
        CompletableFuture<Optional<Persistence.Server>> server =
                CompletableFuture.supplyAsync(() -> Persistence.serverFor(verticles, configuration, data));
        Cluster cluster = Cluster.join(configuration.section("cluster", ClusterConfig.class), data);
        Vertx vertx = cluster.vertx();
        prepare.accept(vertx);
        Bus bus = Bus.on(vertx);
        cluster.onMemberLeft(bus::memberLeft);
        Platform platform = new Platform(vertx, bus, Clock.systemUTC(), data, configuration, new Health());
        Optional<Persistence> persistence = server.join().map(s -> Persistence.open(s, platform, observer));
        AddressWatchdog watchdog = AddressWatchdog.start(bus);
        platform.health().add("bus", watchdog::problem);
        PlatformProcess process = new PlatformProcess(vertx, bus, watchdog, persistence);
        AtomicReference<Optional<String>> starting = new AtomicReference<>(Optional.of("The verticles are starting."));
        platform.health().add("start", starting::get);
        process.deploy(verticles, platform);
        starting.set(Optional.empty());
        LOG.info("ready after {} ms: {}", ManagementFactory.getRuntimeMXBean().getUptime(), config.verticles());
        return process;
    }

    private void deploy(List<CataloguedVerticle> verticles, Platform platform) {
        Optional<ControlPlane> controlPlane = persistence.map(Persistence::controlPlane);
        var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
        for (CataloguedVerticle verticle : verticles) {
            deploymentIds.add(vertx.deployVerticle(create(verticle, platform, controlPlane), options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
            LOG.info("verticle {} is up", verticle.name());
        }
        persistence.ifPresent(Persistence::startTasks);
    }

    private static Deployable create(
            CataloguedVerticle verticle, Platform platform, Optional<ControlPlane> controlPlane) {
        return switch (verticle) {
            case CataloguedVerticle.OfControlPlane part -> part.factory().apply(controlPlane.orElseThrow());
            case CataloguedVerticle.OfHost host -> host.factory().apply(platform);
        };
    }

    /**
     * Stops the tasks, answers what was asked, stops the verticles and closes the database, in this order: nobody in the
     * cluster is refused because this process stops. Blocks until that is done.
     */
    public void stop() {
        LOG.info("stopping");
        watchdog.close();
        persistence.ifPresent(Persistence::stopTasks);
        bus.withdraw(LAST_ANSWERS);
        deploymentIds.reversed().forEach(id -> await(vertx.undeploy(id)));
        persistence.ifPresent(Persistence::closeDatabase);
        await(vertx.close());
        persistence.ifPresent(Persistence::closeServer);
        LOG.info("stopped");
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
