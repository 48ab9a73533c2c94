package io.limiquantix.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole installation on this machine's libvirt: its folder, its configuration files and its processes. */
final class Installation implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final String CONTROL_PLANE = "identity, scheduler, storage, images, compute, guest-agents, gateway";

    private final Path folder;
    private final Ports ports = Ports.free();
    private @Nullable RunningProcess controlPlane;
    private @Nullable RunningProcess host;

    /** What its processes are told to listen at. */
    private record Ports(
            int https, int management, int database, int control, int host, int controlBus, int hostBus, int viewers) {
        static Ports free() {
            List<Integer> free = FreePorts.find(8);
            return new Ports(
                    free.get(0),
                    free.get(1),
                    free.get(2),
                    free.get(3),
                    free.get(4),
                    free.get(5),
                    free.get(6),
                    free.get(7));
        }
    }

    private Installation(Path folder) {
        this.folder = folder;
    }

    /** One process that is everything. */
    static Installation allInOne() {
        Installation installation = new Installation(newFolder());
        installation.writeControl(CONTROL_PLANE + ", host");
        installation.startControlPlane();
        return installation;
    }

    /** A control plane and a host that reach each other over the cluster. */
    static Installation twoProcesses() {
        Installation installation = new Installation(newFolder());
        installation.writeControl(CONTROL_PLANE);
        installation.writeHost("");
        installation.startControlPlane();
        installation.startHost();
        return installation;
    }

    /** A control plane here, and a host in a machine with storage of its own, where libvirt has made-up domains only. */
    static Installation withHostIn(TestVm vm) {
        Installation installation = new Installation(newFolder());
        installation.writeControl(CONTROL_PLANE);
        installation.writeHost("libvirtUri: test:///default");
        installation.startControlPlane();
        vm.bringsHere(installation.ports.host());
        vm.bringsHere(installation.ports.hostBus());
        vm.takesThere(installation.ports.control());
        vm.takesThere(installation.ports.controlBus());
        vm.run("mkdir", "-p", installation.folder.toString());
        vm.copy(installation.folder.resolve("cluster"), installation.folder.toString());
        vm.copy(installation.folder.resolve("host.yaml"), installation.folder.toString());
        vm.startPlatform(
                installation.folder.resolve("host.yaml").toString(), installation.folder.resolve("host.yaml.log"));
        return installation;
    }

    private void writeControl(String verticles) {
        write("control", verticles, ports.control(), ports.controlBus(), "");
    }

    private void writeHost(String more) {
        write("host", "host", ports.host(), ports.hostBus(), more);
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "limiquantix-");
            // QEMU's user must get through to the pool.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(folder.resolve("import"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String role, String verticles, int clusterPort, int busPort, String ofHost) {
        String yaml = """
                platform:
                  dataDirectory: %s/%s
                  verticles: [%s]
                database:
                  port: %d
                cluster:
                  name: %s
                  port: %d
                  busPort: %d
                  members: ["127.0.0.1:%d", "127.0.0.1:%d"]
                  certificates: %s/cluster
                gateway:
                  address: 127.0.0.1
                  port: %d
                  managementPort: %d
                  viewerPort: %d
                  webroot: %s
                host:
                  importFolders: [%s/import]
                  downloads: {allowedNetworks: [127.0.0.1/32]}
                  %s
                """.formatted(
                        folder,
                        role,
                        verticles,
                        ports.database(),
                        folder.getFileName(),
                        clusterPort,
                        busPort,
                        ports.control(),
                        ports.host(),
                        folder,
                        ports.https(),
                        ports.management(),
                        ports.viewers(),
                        webroot(),
                        folder,
                        ofHost);
        try {
            Files.writeString(folder.resolve(role + ".yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path webroot() {
        String built = System.getProperty("webroot", "");
        return Path.of(built.isEmpty() ? "../../webroot/dist" : built).toAbsolutePath();
    }

    Path folder() {
        return folder;
    }

    Path importFolder() {
        return folder.resolve("import");
    }

    Path poolFolder() {
        return folder.resolve("pool");
    }

    RunningProcess controlPlane() {
        return Objects.requireNonNull(controlPlane);
    }

    RunningProcess host() {
        return Objects.requireNonNull(host);
    }

    /** The points at which a role's process could have died so far. */
    List<String> trace(String role) {
        try {
            Path file = folder.resolve(role + ".trace");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startControlPlane() {
        RunningProcess started = start("control");
        controlPlane = started;
        Eventually.get(START_DEADLINE, this::isReady, ready -> {
            if (!started.isAlive()) {
                throw new AssertionError("the control plane ended: " + started.lastWords());
            }
            return ready;
        });
    }

    void startHost() {
        host = start("host");
    }

    private RunningProcess start(String role) {
        return RunningProcess.start(folder.resolve(role + ".yaml"), folder.resolve(role + ".trace"));
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + "/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet, or has just begun to and drops whoever came too early.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A client that has logged in as the first administrator. */
    ApiClient client() {
        ApiClient client = anonymousClient();
        client.logIn("admin", adminPassword());
        return client;
    }

    ApiClient anonymousClient() {
        return new ApiClient(ports.https(), folder.resolve("control/gateway/certificate.pem"));
    }

    /** Where viewers outside of the browser connect. */
    int viewerPort() {
        return ports.viewers();
    }

    int httpsPort() {
        return ports.https();
    }

    String adminPassword() {
        try {
            return Files.readString(folder.resolve("control/first-admin-password"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a host that is up, makes the pool and imports the image from a file; returns the image's id. */
    String prepare(ApiClient client, Path image) {
        awaitHost(client);
        makePool(client);
        return importImage(client, image, "guest");
    }

    void awaitHost(ApiClient client) {
        awaitHost(client, START_DEADLINE);
    }

    void awaitHost(ApiClient client, Duration deadline) {
        Eventually.get(
                deadline,
                () -> client.get("/hosts").get("items"),
                hosts -> hosts.size() == 1
                        && hosts.get(0).get("state").asText().equals("UP")
                        && hosts.get(0).path("problem").asText("").isEmpty());
    }

    /** A directory of the installation; returns the pool's id. */
    String makePool(ApiClient client) {
        return makePool(client, "local", poolFolder());
    }

    String makePool(ApiClient client, String name, Path path) {
        ApiClient.Answer pool = client.send(
                "POST",
                "/pools",
                ApiClient.json("{\"name\": \"" + name + "\", \"driver\": \"local\", \"settings\": {\"path\": \"" + path
                        + "\"}}"));
        if (pool.status() != 201) {
            throw new AssertionError("creating the pool answered " + pool);
        }
        return pool.body().get("id").asText();
    }

    String importImage(ApiClient client, Path image, String name) {
        try {
            Path copy = importFolder().resolve(name + ".qcow2");
            Files.copy(image, copy);
            JsonNode draft = client.send(
                            "POST", "/images", ApiClient.json("{\"name\": \"" + name + "\", \"format\": \"qcow2\"}"))
                    .body();
            String id = draft.get("id").asText();
            client.succeed("POST", "/images/" + id + "/import", ApiClient.json("{\"path\": \"" + copy + "\"}"));
            Files.delete(copy);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (host != null && host.isAlive()) {
            host.stop();
        }
        if (controlPlane != null && controlPlane.isAlive()) {
            controlPlane.stop();
        }
        keepLogs();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Installation::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For whoever looks into a failure. */
    private void keepLogs() {
        try (Stream<Path> files = Files.list(folder)) {
            Path kept = Files.createDirectories(Path.of("target/system-logs").resolve(folder.getFileName()));
            for (Path log : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                Files.copy(log, kept.resolve(log.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
