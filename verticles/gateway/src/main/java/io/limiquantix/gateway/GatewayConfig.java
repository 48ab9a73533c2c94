package io.limiquantix.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code gateway}.
 *
 * @param address where the API and the web UI listen; every address
 * @param port for HTTPS; 8443
 * @param managementAddress where health and metrics listen, without TLS; loopback
 * @param managementPort 9443 if absent
 * @param webroot the web UI's files; absent: the API alone
 * @param names further DNS names and IP addresses for the certificate that is made on the first start
 * @param certificateFile the operator's own certificate chain as PEM
 * @param keyFile its key as PEM
 * @param strictTransport whether browsers are told to insist on a good certificate from now on
 * @param allowedOrigins origins besides the server's own, for a balancer that rewrites the host name
 * @param viewerPort where viewers outside of the browser connect, at the same address; 0: nowhere
 * @param viewerName the name or address that viewers are sent to; absent: the one that the browser uses
 */
public record GatewayConfig(
        @Nullable String address,
        int port,
        @Nullable String managementAddress,
        int managementPort,
        @Nullable Path webroot,
        @Nullable List<String> names,
        @Nullable Path certificateFile,
        @Nullable Path keyFile,
        boolean strictTransport,
        @Nullable List<String> allowedOrigins,
        int viewerPort,
        @Nullable String viewerName) {
    private static final int PORT = 8443;
    private static final int MANAGEMENT_PORT = 9443;

    public GatewayConfig {
        if ((certificateFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("gateway.certificateFile and gateway.keyFile are needed together.");
        }
        port = port == 0 ? PORT : port;
        managementPort = managementPort == 0 ? MANAGEMENT_PORT : managementPort;
    }

    List<String> namesOrNone() {
        return names == null ? List.of() : names;
    }

    Set<String> origins() {
        return allowedOrigins == null ? Set.of() : Set.copyOf(allowedOrigins);
    }

    String listenAddress() {
        return address == null ? "::" : address;
    }

    String managementListenAddress() {
        return managementAddress == null ? "127.0.0.1" : managementAddress;
    }
}
