package io.limiquantix.gateway.http;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.gateway.contract.ApiContract;
import io.limiquantix.runtime.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the server for the API and the web UI; several listen on the same port. */
public final class HttpsServer extends VerticleBase {
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    /** Longer than a host may be busy with the end of an upload while nothing moves on its client's connection. */
    private static final int IDLE_SECONDS = 400;

    private static final int WEB_SOCKET_FRAME = 1 << 20;

    /**
     * @param port 0 for any
     * @param certificate what clients see
     */
    public record Listen(String address, int port, PemKeyCertOptions certificate, boolean strictTransport) {}

    /** What the server does with requests. */
    public record Service(
            ApiContract contract,
            Map<String, Operation> operations,
            Map<String, Upgrade> upgrades,
            WebSite site,
            Admission admission,
            Bus bus,
            Clock clock,
            RequestMetrics metrics) {}

    /** Takes over a connection at a path below the API's root; called on the request's context. */
    @FunctionalInterface
    public interface Upgrade {
        void handle(HttpServerRequest request, String lastPathElement);
    }

    private final Listen listen;
    private final Service service;

    public HttpsServer(Listen listen, Service service) {
        this.listen = listen;
        this.service = service;
    }

    @Override
    public Future<?> start() {
        Responses responses = new Responses(vertx);
        Router router = router(responses);
        HttpServer server = vertx.createHttpServer(options());
        server.requestHandler(router);
        server.invalidRequestHandler(HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER);
        return server.listen();
    }

    /** HTTP/1.1 alone: with Vert.x 5.0.7 some HTTP/2 responses that run side by side never get their bytes. */
    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(listen.address())
                .setPort(listen.port())
                .setSsl(true)
                .setKeyCertOptions(listen.certificate())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_LINE)
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(WEB_SOCKET_FRAME)
                .setWebSocketSubProtocols(List.of("binary"));
    }

    private Router router(Responses responses) {
        SecurityHeaders headers = new SecurityHeaders(listen.strictTransport());
        Router router = Router.router(vertx);
        router.route().handler(context -> {
            headers.addTo(context.response());
            context.next();
        });
        service.upgrades()
                .forEach((path, upgrade) -> router.get(service.contract().root() + path + "/:last")
                        .handler(context ->
                                upgrade.handle(context.request(), Objects.requireNonNull(context.pathParam("last")))));
        AuditTrail audit = new AuditTrail(
                service.bus(), service.clock(), service.contract().root());
        RequestRun run = new RequestRun(service.admission(), audit, responses, service.metrics());
        new ApiRoutes(service.contract(), service.operations(), run, responses).addTo(router);
        router.route().handler(context -> service.site().handle(context, responses));
        router.route().failureHandler(context -> fail(context, responses));
        return router;
    }

    private static void fail(RoutingContext context, Responses responses) {
        Throwable cause = context.failure();
        Problem problem = cause == null
                ? Problem.of(context.statusCode(), FailureCode.INVALID, "The request is not acceptable.")
                : Problems.of(cause, context.normalizedPath());
        responses.send(context.request(), problem);
    }
}
