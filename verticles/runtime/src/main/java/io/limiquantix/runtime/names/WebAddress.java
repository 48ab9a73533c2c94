package io.limiquantix.runtime.names;

import io.limiquantix.bus.FailureException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a file of the web is fetched from, by HTTP or HTTPS.
 *
 * @param uri absolute, with a host
 */
public record WebAddress(URI uri) {
    private static final String FIELD = "url";
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** @throws FailureException {@code INVALID} with what is wrong */
    public static WebAddress parse(String text) {
        try {
            return of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw FailureException.invalid(FIELD, "This is no address of the web: " + e.getReason() + ".");
        }
    }

    private static WebAddress of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals(HTTP) && !scheme.equals(HTTPS)) {
            throw FailureException.invalid(FIELD, "An address has to begin with https:// or http://.");
        }
        if (uri.getUserInfo() != null) {
            throw FailureException.invalid(
                    FIELD, "An address must not hold a user name or password: it is kept and shown.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw FailureException.invalid(
                    FIELD, "The address names no server, as https://example.org/image.qcow2 does.");
        }
        return new WebAddress(uri);
    }

    /**
     * Where the server sends on to.
     *
     * @throws FailureException {@code INVALID} when that is none, or would leave encryption
     */
    public WebAddress redirected(String location) {
        WebAddress next = parse(resolve(location));
        if (isEncrypted() && !next.isEncrypted()) {
            throw FailureException.invalid(
                    FIELD, host() + " sends on from https to http, where anybody on the way could change the file.");
        }
        return next;
    }

    private String resolve(String location) {
        try {
            return uri.resolve(new URI(location)).toString();
        } catch (URISyntaxException e) {
            throw FailureException.invalid(FIELD, host() + " sends on to what is no address of the web.");
        }
    }

    public boolean isEncrypted() {
        return HTTPS.equalsIgnoreCase(uri.getScheme());
    }

    /** A name, or an address without brackets. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What is asked for. */
    public String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The last part of the path, with what is written as %20 read as a space; empty where there is none. */
    public String fileName() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** For messages: without what may be secret. */
    public String spoken() {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getRawAuthority() + path;
    }

    @Override
    public String toString() {
        return spoken();
    }
}
