package io.limiquantix.host.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code host.downloads}: how this host fetches files from the web.
 *
 * @param allowedNetworks blocks of addresses that may be asked although they are not public, as {@code 10.1.0.0/16}; absent: none
 * @param proxy that all downloads go through, as {@code http://proxy.example.org:3128}; it then decides who may be asked. Absent:
 *     none
 * @param bytesPerSecond of one download at most; absent: as fast as it comes
 * @param certificates a file of certificates in PEM that are trusted in place of Java's own; absent: those
 */
public record DownloadConfig(
        @Nullable List<String> allowedNetworks,
        @Nullable String proxy,
        @Nullable Long bytesPerSecond,
        @Nullable Path certificates) {
    /** Less would look like a server that dawdles. */
    private static final long LEAST_RATE = 64 << 10;

    private static final int MAX_PORT = 65_535;

    /** What holds without that section. */
    public static final DownloadConfig USUAL = new DownloadConfig(null, null, null, null);

    public DownloadConfig {
        allowedNetworks = allowedNetworks == null ? List.of() : List.copyOf(allowedNetworks);
        // Wrong ones are to be noticed when the host starts.
        allowedNetworks.forEach(AddressRange::parse);
        require(
                bytesPerSecond == null || bytesPerSecond >= LEAST_RATE,
                "host.downloads.bytesPerSecond must be at least " + LEAST_RATE);
        require(
                certificates == null || certificates.isAbsolute(),
                "host.downloads.certificates must be an absolute path");
        require(proxy == null || isProxy(URI.create(proxy)), "host.downloads.proxy must be as http://HOST:PORT");
    }

    private static boolean isProxy(URI uri) {
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getPort() > 0
                && uri.getPort() <= MAX_PORT;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + ".");
        }
    }

    AddressGuard guard() {
        return new AddressGuard(
                allowedNetworks == null
                        ? List.of()
                        : allowedNetworks.stream().map(AddressRange::parse).toList());
    }

    @Nullable
    URI proxyAddress() {
        return proxy == null ? null : URI.create(proxy);
    }
}
