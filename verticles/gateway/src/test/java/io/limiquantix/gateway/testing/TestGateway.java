package io.limiquantix.gateway.testing;

import io.limiquantix.gateway.GatewayVerticle;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.FreePorts;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A gateway on the real bus and database; stubs answer for the verticles behind it. */
public final class TestGateway implements AutoCloseable {
    private final TestControlPlane plane;
    private final StubIdentity identity = new StubIdentity();
    private final int port;
    private final int managementPort;
    private final int viewerPort;

    private TestGateway(TestControlPlane plane, int port, int managementPort, int viewerPort) {
        this.plane = plane;
        this.port = port;
        this.managementPort = managementPort;
        this.viewerPort = viewerPort;
    }

    public static TestGateway start() {
        return start(false);
    }

    /** One that listens for viewers outside of the browser, too. */
    public static TestGateway withViewers() {
        return start(true);
    }

    private static TestGateway start(boolean withViewers) {
        List<Integer> ports = FreePorts.find(3);
        int port = ports.getFirst();
        int managementPort = ports.get(1);
        int viewerPort = withViewers ? ports.getLast() : 0;
        String yaml = "gateway: {address: 127.0.0.1, port: " + port + ", managementPort: " + managementPort
                + ", webroot: '" + webroot() + "', viewerPort: " + viewerPort + "}";
        TestControlPlane plane = TestControlPlane.on(TestControlPlane.database("gateway"), yaml, TaskObserver.NONE);
        TestGateway gateway = new TestGateway(plane, port, managementPort, viewerPort);
        gateway.identity.serve(plane.bus());
        plane.deploy(GatewayVerticle::new);
        return gateway;
    }

    public Bus bus() {
        return plane.bus();
    }

    public TestControlPlane plane() {
        return plane;
    }

    public StubIdentity identity() {
        return identity;
    }

    public int port() {
        return port;
    }

    /** Where viewers connect. */
    public int viewerPort() {
        return viewerPort;
    }

    /** What the management port answers, the status before the body. */
    public String management(String path) {
        URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A client that trusts the gateway's certificate and nothing else; nobody is logged in. */
    public ApiClient client() {
        Path certificate = plane.controlPlane()
                .platform()
                .dataDirectory()
                .resolve("gateway")
                .resolve("certificate.pem");
        return new ApiClient("https://localhost:" + port, certificate);
    }

    private static Path webroot() {
        try {
            Path directory = Files.createTempDirectory("webroot");
            Files.createDirectories(directory.resolve("assets"));
            Files.writeString(directory.resolve("index.html"), "<!doctype html><title>LimiQuantix</title>");
            Files.writeString(directory.resolve("assets/app-1234.js"), "console.log('x');\n".repeat(1000));
            Files.writeString(directory.resolveSibling("outside.txt"), "not for anybody");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        plane.close();
    }
}
