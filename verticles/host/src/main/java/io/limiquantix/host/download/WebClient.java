package io.limiquantix.host.download;

import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks web servers, and goes where they send on to, within what the guard allows. Safe for any thread. */
final class WebClient {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int CONNECT_MILLIS = 15_000;
    private static final int MOST_HEADER_BYTES = 32 << 10;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final AddressGuard guard;
    private final boolean proxied;
    private final Duration patience;

    /** @param patience for the head of an answer */
    WebClient(Vertx vertx, DownloadConfig config, AddressGuard guard, Duration patience) {
        this.vertx = vertx;
        this.guard = guard;
        this.patience = patience;
        URI proxy = config.proxyAddress();
        this.proxied = proxy != null;
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setVerifyHost(true);
        if (config.certificates() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(config.certificates().toString()));
        }
        if (proxy != null) {
            options.setProxyOptions(new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost(proxy.getHost())
                    .setPort(proxy.getPort()));
        }
        this.client = vertx.createHttpClient(options);
    }

    /**
     * The answer of the server that has the file.
     *
     * @throws FailureException {@code INVALID} when nobody may be asked, or nobody has it
     */
    DownloadConnection get(WebAddress first, Map<String, String> headers) throws BrokenOffException {
        WebAddress source = first;
        for (int sentOn = 0; sentOn <= MOST_REDIRECTS; sentOn++) {
            DownloadConnection answer = ask(source, headers);
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            answer.close();
            String host = source.host();
            source = source.redirected(answer.header("Location")
                    .orElseThrow(() -> FailureException.invalid(
                            "url", host + " sends on without saying where to; take another server.")));
        }
        throw FailureException.invalid(
                "url", first.host() + " sends on more than " + MOST_REDIRECTS + " times; take the last address.");
    }

    private DownloadConnection ask(WebAddress source, Map<String, String> headers) throws BrokenOffException {
        if (proxied) {
            return open(source, headers, null);
        }
        BrokenOffException last = new BrokenOffException("The name " + source.host() + " has no address");
        for (InetAddress address : guard.require(source.host())) {
            try {
                return open(source, headers, address);
            } catch (BrokenOffException e) {
                last = e;
            }
        }
        throw last;
    }

    private DownloadConnection open(WebAddress source, Map<String, String> headers, @Nullable InetAddress address)
            throws BrokenOffException {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(source.isEncrypted())
                .setHost(source.host())
                .setPort(source.port())
                .setURI(source.target())
                .setFollowRedirects(false)
                // Bytes are kept as the server has them, or the sums that are published of them would be wrong.
                .putHeader("Accept-Encoding", "identity")
                .putHeader("User-Agent", "LimiQuantix");
        headers.forEach(request::putHeader);
        if (address != null) {
            request.setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, source.port())));
        }
        return DownloadConnection.open(vertx, client, request, patience);
    }
}
