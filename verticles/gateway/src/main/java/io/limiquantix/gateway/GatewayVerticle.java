package io.limiquantix.gateway;

import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.gateway.api.AdoptionOperations;
import io.limiquantix.gateway.api.CatalogueOperations;
import io.limiquantix.gateway.api.CloneOperations;
import io.limiquantix.gateway.api.CustomizationOperations;
import io.limiquantix.gateway.api.DiskMoveOperations;
import io.limiquantix.gateway.api.DriftOperations;
import io.limiquantix.gateway.api.ExportOperations;
import io.limiquantix.gateway.api.HistoryOperations;
import io.limiquantix.gateway.api.HostOperations;
import io.limiquantix.gateway.api.ImageCopyOperations;
import io.limiquantix.gateway.api.ImageOperations;
import io.limiquantix.gateway.api.ImagePartOperations;
import io.limiquantix.gateway.api.MigrationOperations;
import io.limiquantix.gateway.api.NetworkOperations;
import io.limiquantix.gateway.api.NicOperations;
import io.limiquantix.gateway.api.PoolOperations;
import io.limiquantix.gateway.api.SessionOperations;
import io.limiquantix.gateway.api.StreamOperations;
import io.limiquantix.gateway.api.TaskOperations;
import io.limiquantix.gateway.api.TemplateOperations;
import io.limiquantix.gateway.api.TransferOperations;
import io.limiquantix.gateway.api.ViewerOperations;
import io.limiquantix.gateway.api.VmOperations;
import io.limiquantix.gateway.api.VmSnapshotOperations;
import io.limiquantix.gateway.api.VolumeOperations;
import io.limiquantix.gateway.console.ConsoleProxy;
import io.limiquantix.gateway.console.ConsoleTickets;
import io.limiquantix.gateway.contract.ApiContract;
import io.limiquantix.gateway.download.ExportDownload;
import io.limiquantix.gateway.events.AwaitedTasks;
import io.limiquantix.gateway.events.EventStream;
import io.limiquantix.gateway.http.Admission;
import io.limiquantix.gateway.http.HttpsServer;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.RequestMetrics;
import io.limiquantix.gateway.http.SameOrigin;
import io.limiquantix.gateway.http.ServerCertificate;
import io.limiquantix.gateway.http.WebSite;
import io.limiquantix.gateway.management.ManagementServer;
import io.limiquantix.gateway.management.PrometheusText;
import io.limiquantix.gateway.statistics.LatestSamples;
import io.limiquantix.gateway.statistics.PoolMetrics;
import io.limiquantix.gateway.statistics.StatisticsOperations;
import io.limiquantix.gateway.statistics.SubjectMetrics;
import io.limiquantix.gateway.statistics.VmNames;
import io.limiquantix.gateway.upload.Upload;
import io.limiquantix.gateway.viewer.ViewerAddress;
import io.limiquantix.gateway.viewer.ViewerDoor;
import io.limiquantix.gateway.viewer.ViewerServer;
import io.limiquantix.gateway.viewer.ViewerTickets;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door to the platform: HTTP API, event stream, uploads, consoles, web UI; and the management port. */
public final class GatewayVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
    private static final int EVENT_LOOPS = 2;

    private final ControlPlane plane;
    private @Nullable EventStream events;
    private @Nullable AwaitedTasks awaited;
    private @Nullable VmNames names;

    public GatewayVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Platform platform = plane.platform();
        Bus bus = platform.bus();
        GatewayConfig config = platform.configuration().section("gateway", GatewayConfig.class);
        LiveStreams streams = new LiveStreams();
        RequestMetrics metrics = new RequestMetrics();
        SameOrigin origins = new SameOrigin(config.origins());
        Admission admission = new Admission(bus, origins);
        HostStreams hosts = new HostStreams(vertx);
        ConsoleTickets tickets = new ConsoleTickets(plane.database(), platform.clock());
        ConsoleProxy consoles = new ConsoleProxy(vertx, bus, tickets, hosts, streams, origins);
        ViewerTickets viewerTickets = new ViewerTickets(plane.database(), plane.secrets(), platform.clock());
        ViewerDoor viewers = new ViewerDoor(bus, viewerTickets, hosts, streams, platform.clock());
        PemKeyCertOptions certificate = certificate(config);
        EventStream stream = new EventStream(vertx, plane.changes(), bus, admission, streams);
        events = stream;
        bus.subscribe(IdentityApi.SESSIONS_ENDED, ended -> {
            ended.tokensSha256().forEach(streams::endOf);
            ended.tokensSha256().forEach(tickets::withdraw);
            ended.tokensSha256().forEach(viewerTickets::withdraw);
        });
        AwaitedTasks tasks = new AwaitedTasks(plane.changes());
        awaited = tasks;
        Map<String, Operation> operations = operations(bus, tasks);
        new HistoryOperations(bus, platform.clock()).addTo(operations);
        LatestSamples latest = new LatestSamples(System::nanoTime);
        bus.subscribe(StatisticsApi.SAMPLED, latest::accept);
        new StatisticsOperations(bus, latest, platform.clock()).addTo(operations);
        Upload upload = new Upload(hosts);
        new ImagePartOperations(bus, upload).addTo(operations);
        new StreamOperations(bus, stream, upload, tickets).addTo(operations);
        new ViewerOperations(
                        bus,
                        viewerTickets,
                        new ViewerAddress(config.viewerName(), config.viewerPort()),
                        ServerCertificate.trusted(certificate))
                .addTo(operations);
        new ExportOperations(bus, new ExportDownload(bus, hosts, streams)).addTo(operations);
        var service = new HttpsServer.Service(
                ApiContract.load(),
                operations,
                Map.of("/consoles", consoles::handle),
                WebSite.read(config.webroot()),
                admission,
                bus,
                platform.clock(),
                metrics);
        VmNames vmNames = new VmNames(bus, plane.changes());
        names = vmNames;
        var management = new ManagementServer(
                platform.health(),
                List.of(
                        new SubjectMetrics(latest, vmNames)::addTo,
                        new PoolMetrics(bus, platform.clock())::addTo,
                        metrics::addTo,
                        text -> connections(stream, consoles, viewers, text)));
        return management
                .listen(vertx, config.managementListenAddress(), config.managementPort())
                .compose(listening -> serve(config, certificate, service))
                .compose(serving -> serveViewers(config, certificate, viewers));
    }

    private static void connections(
            EventStream events, ConsoleProxy consoles, ViewerDoor viewers, PrometheusText text) {
        text.sample(
                "limiquantix_event_clients",
                PrometheusText.Type.GAUGE,
                "Streams of events that are open.",
                Map.of(),
                events.hub().clients());
        text.sample(
                "limiquantix_consoles",
                PrometheusText.Type.GAUGE,
                "Consoles that are open.",
                Map.of(),
                consoles.count());
        text.sample(
                "limiquantix_viewers",
                PrometheusText.Type.GAUGE,
                "Screens that are open in viewers outside of a browser.",
                Map.of(),
                viewers.count());
    }

    private static Map<String, Operation> operations(Bus bus, AwaitedTasks awaited) {
        Map<String, Operation> operations = new HashMap<>();
        new SessionOperations(bus).addTo(operations);
        new HostOperations(bus).addTo(operations);
        new PoolOperations(bus).addTo(operations);
        new NetworkOperations(bus).addTo(operations);
        new NicOperations(bus).addTo(operations);
        new VmSnapshotOperations(bus).addTo(operations);
        new CloneOperations(bus).addTo(operations);
        new TemplateOperations(bus).addTo(operations);
        new CustomizationOperations(bus).addTo(operations);
        new VolumeOperations(bus).addTo(operations);
        new TransferOperations(bus).addTo(operations);
        new ImageOperations(bus).addTo(operations);
        new ImageCopyOperations(bus).addTo(operations);
        new CatalogueOperations(bus).addTo(operations);
        new VmOperations(bus).addTo(operations);
        new AdoptionOperations(bus).addTo(operations);
        new DriftOperations(bus).addTo(operations);
        new MigrationOperations(bus).addTo(operations);
        new DiskMoveOperations(bus).addTo(operations);
        new TaskOperations(bus, awaited).addTo(operations);
        return operations;
    }

    /** HTTP belongs on event loops; this verticle itself runs on a virtual thread. */
    private Future<?> serve(GatewayConfig config, PemKeyCertOptions certificate, HttpsServer.Service service) {
        var listen =
                new HttpsServer.Listen(config.listenAddress(), config.port(), certificate, config.strictTransport());
        var options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.EVENT_LOOP)
                .setInstances(EVENT_LOOPS);
        return vertx.deployVerticle(() -> new HttpsServer(listen, service), options)
                .onSuccess(id -> LOG.info("the API and the web UI are at https://localhost:{}", config.port()));
    }

    private Future<?> serveViewers(GatewayConfig config, PemKeyCertOptions certificate, ViewerDoor door) {
        if (config.viewerPort() == 0) {
            return Future.succeededFuture();
        }
        var listen = new ViewerServer.Listen(config.listenAddress(), config.viewerPort(), certificate);
        // One alone: with Vert.x 5.0.7 only the first server of a port can go over to TLS in the middle.
        var options = new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP);
        return vertx.deployVerticle(() -> new ViewerServer(listen, door), options);
    }

    private PemKeyCertOptions certificate(GatewayConfig config) {
        if (config.certificateFile() != null && config.keyFile() != null) {
            return ServerCertificate.ofFiles(config.certificateFile(), config.keyFile());
        }
        return ServerCertificate.ensure(plane.platform().dataDirectory().resolve("gateway"), config.namesOrNone());
    }

    @Override
    public Future<?> stop() throws Exception {
        if (events != null) {
            events.hub().stop();
        }
        if (awaited != null) {
            awaited.stop();
        }
        if (names != null) {
            names.stop();
        }
        return Future.succeededFuture();
    }
}
