package io.limiquantix.host.testing;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.HostVerticle;
import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.config.Configuration;
import io.limiquantix.runtime.health.Health;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A host verticle on the libvirtd of this machine, alone on its bus, with what it published; removes what it made. */
public final class TestHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Vertx vertx;
    private final Platform platform;
    private final UUID hostId;
    private final List<HostReport> reports = new CopyOnWriteArrayList<>();
    private final List<HostApi.DomainChanged> changes = new CopyOnWriteArrayList<>();
    private final List<UUID> vms = new ArrayList<>();
    private final UUID poolId;

    private TestHost(Path folder, Vertx vertx, Platform platform, UUID poolId) throws IOException {
        this.folder = folder;
        this.vertx = vertx;
        this.platform = platform;
        this.poolId = poolId;
        platform.bus().subscribe(HostApi.REPORTED, reports::add);
        platform.bus().subscribe(HostApi.DOMAIN_CHANGED, changes::add);
        deploy(vertx, platform);
        this.hostId =
                UUID.fromString(Files.readString(folder.resolve("host/id")).strip());
    }

    /** @param settings YAML lines of the section {@code host} */
    public static TestHost start(Path folder, String... settings) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            String yaml = "host:\n  accelerator: tcg\n"
                    + String.join(
                            "",
                            List.of(settings).stream().map(s -> "  " + s + "\n").toList());
            Files.writeString(folder.resolve("host.yaml"), yaml);
            TestHost host = start(folder, Uuid7.next());
            host.openPool(host.poolId, folder.resolve("pool"));
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestHost start(Path folder, UUID poolId) throws IOException {
        Vertx vertx = Vertx.vertx();
        Platform platform = new Platform(
                vertx,
                Bus.on(vertx),
                Clock.systemUTC(),
                folder,
                Configuration.read(folder.resolve("host.yaml")),
                new Health());
        TestHost host = new TestHost(folder, vertx, platform, poolId);
        Eventually.holds(() -> platform.health().problems().isEmpty());
        return host;
    }

    /** Another process of the same host, which knows what the first one left on disk. */
    public TestHost startedAnew() {
        stop();
        try {
            TestHost anew = start(folder, poolId);
            anew.vms.addAll(vms);
            return anew;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deploy(Vertx vertx, Platform platform) {
        vertx.deployVerticle(
                        new HostVerticle(platform),
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static Caller caller() {
        return Caller.of(Actor.platform("test"), PATIENCE);
    }

    public <Q extends Record, R extends Record> R ask(HostAddress<Q, R> address, Q request) {
        return ask(address, request, caller());
    }

    public <Q extends Record, R extends Record> R ask(HostAddress<Q, R> address, Q request, Caller caller) {
        return platform.bus().request(address.at(hostId), request, caller);
    }

    public void openPool(UUID pool, Path path) {
        ask(
                HostStorageApi.OPEN_POOL,
                new HostStorageApi.OpenPool(pool, "local", Map.of("path", path.toString()), Map.of()));
    }

    /** Imports the tiny guest; answers the image's id. */
    public UUID tinyImage() {
        UUID image = Uuid7.next();
        ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(
                        poolId, image, TinyGuest.image().toString()));
        ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(poolId, image, "qcow2", null));
        return image;
    }

    public VolumeReport volume(@Nullable UUID image) {
        return volume("qcow2", image);
    }

    /** An empty one that several domains can have open. */
    public VolumeReport rawVolume() {
        return volume("raw", null);
    }

    private VolumeReport volume(String format, @Nullable UUID image) {
        return ask(
                HostStorageApi.CREATE_VOLUME,
                new HostStorageApi.CreateVolume(
                        poolId,
                        Uuid7.next(),
                        format,
                        1L << 30,
                        VolumeOrigin.ofImage(image),
                        false,
                        HostStorageApi.Preallocation.THIN));
    }

    /** A specification of a VM with this disk on libvirt's default network. */
    public DomainSpec spec(String name, UUID vmId, VolumeReport disk, @Nullable String seed) {
        String tail = vmId.toString().substring(30);
        String mac = "52:54:00:" + tail.substring(0, 2) + ":" + tail.substring(2, 4) + ":" + tail.substring(4);
        return new DomainSpec(
                vmId,
                name,
                "made by a test",
                "ab".repeat(32),
                1,
                192L << 20,
                List.of(new DomainSpec.Disk(disk.volumeId(), poolId, disk.path(), disk.format())),
                List.of(new DomainSpec.Nic("default", mac)),
                seed);
    }

    /** Defines a VM from the tiny image; answers its id. */
    public UUID tinyVm(String name) {
        UUID vmId = newVm();
        ask(DomainApi.DEFINE, new DomainApi.Define(spec(name, vmId, volume(tinyImage()), null)));
        return vmId;
    }

    /** An id of a VM that is removed at the end. */
    public UUID newVm() {
        UUID vmId = Uuid7.next();
        vms.add(vmId);
        return vmId;
    }

    public DomainReport power(HostAddress<DomainApi.Domain, DomainReport> address, UUID vmId) {
        return ask(address, new DomainApi.Domain(vmId));
    }

    /** Waits until an event tells that the VM is in this state. */
    public DomainReport awaitState(UUID vmId, PowerState state) {
        return Eventually.get(() -> lastChange(vmId), report -> report != null && report.state() == state);
    }

    public @Nullable DomainReport lastChange(UUID vmId) {
        DomainReport last = null;
        for (HostApi.DomainChanged change : changes) {
            boolean newer = last == null || change.domain().sequence() > last.sequence();
            if (change.domain().vmId().equals(vmId) && newer) {
                last = change.domain();
            }
        }
        return last;
    }

    public List<HostReport> reports() {
        return reports;
    }

    public Platform platform() {
        return platform;
    }

    public UUID hostId() {
        return hostId;
    }

    public UUID poolId() {
        return poolId;
    }

    public Path folder() {
        return folder;
    }

    public Path pool() {
        return folder.resolve("pool");
    }

    /** Stops the verticle without removing anything. */
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        for (UUID vmId : vms) {
            ask(DomainApi.UNDEFINE, new DomainApi.Domain(vmId));
        }
        ask(HostApi.DESCRIBE, Nothing.NOTHING);
        stop();
    }
}
