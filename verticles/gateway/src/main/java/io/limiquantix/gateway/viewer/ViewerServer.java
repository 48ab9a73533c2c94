package io.limiquantix.gateway.viewer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port for viewers. */
public final class ViewerServer extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ViewerServer.class);

    private final Listen listen;
    private final ViewerDoor door;

    /** @param certificate what viewers see once they speak TLS */
    public record Listen(String address, int port, PemKeyCertOptions certificate) {}

    public ViewerServer(Listen listen, ViewerDoor door) {
        this.listen = listen;
        this.door = door;
    }

    /** A connection begins without TLS: RFB agrees on it. */
    @Override
    public Future<?> start() {
        NetServerOptions options = new NetServerOptions()
                .setHost(listen.address())
                .setPort(listen.port())
                .setSsl(false)
                .setKeyCertOptions(listen.certificate())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setSslHandshakeTimeout(ViewerDoor.HANDSHAKE.toSeconds())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        return vertx.createNetServer(options).connectHandler(this::connected).listen();
    }

    private void connected(NetSocket socket) {
        String address = socket.remoteAddress().hostAddress();
        if (!door.waiting().enter(address)) {
            LOG.warn("a viewer at {} was turned away: too many have connected and not said who they are", address);
            socket.close().onFailure(e -> LOG.debug("the viewer was gone already", e));
            return;
        }
        Context loop = vertx.getOrCreateContext();
        ViewerSession session = new ViewerSession(door, loop, socket, address);
        Thread.ofVirtual().name("viewer").start(session::run);
    }
}
