package io.limiquantix.host;

import io.limiquantix.bus.host.HostApi;
import io.limiquantix.runtime.Platform;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This machine as a hypervisor. Serves one host's addresses; refuses to start while another process answers them.
 */
public final class HostVerticle extends VerticleBase {
    private final Platform platform;
    private @Nullable HostParts parts;

    public HostVerticle(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Future<?> start() {
        HostConfig config = platform.configuration().section("host", HostConfig.class);
        HostFolder folder = HostFolder.in(platform.dataDirectory(), config.socketFolder());
        UUID hostId = folder.hostId();
        if (platform.bus().isServed(HostApi.DESCRIBE.at(hostId))) {
            throw new IllegalStateException("Another process already runs the host " + hostId + ".");
        }
        HostParts built = HostParts.build(platform, config, folder, hostId);
        parts = built;
        platform.health().add("libvirt", built.connection()::problem);
        built.serve();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (parts != null) {
            parts.close();
        }
        return Future.succeededFuture();
    }
}
