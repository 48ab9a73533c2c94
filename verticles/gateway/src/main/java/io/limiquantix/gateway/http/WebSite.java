package io.limiquantix.gateway.http;

import io.limiquantix.bus.FailureCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The web UI's files. They are read once, at the start, and found by their exact path: a path that names no file of the
 * build cannot reach any other file, whatever it has in it.
 */
public final class WebSite {
    private static final long MAX_FILE_BYTES = 16L << 20;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"));

    private record Page(String type, Buffer plain, @Nullable Buffer packed, boolean hashed) {}

    private final Map<String, Page> pages;

    private WebSite(Map<String, Page> pages) {
        this.pages = pages;
    }

    /** Blocks. Without a directory there are no pages. */
    public static WebSite read(@Nullable Path directory) {
        if (directory == null || !Files.isDirectory(directory)) {
            return new WebSite(Map.of());
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return new WebSite(files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .collect(Collectors.toUnmodifiableMap(file -> "/" + directory.relativize(file), WebSite::page)));
        } catch (IOException e) {
            throw new UncheckedIOException("the web UI's files in " + directory + " cannot be read", e);
        }
    }

    /** Answers a file, or the application's only page for a path that is one of its own. */
    void handle(RoutingContext context, Responses responses) {
        HttpServerRequest request = context.request();
        if (!READING.contains(request.method())) {
            request.response().putHeader("Allow", "GET, HEAD");
            responses.send(request, Problem.of(405, FailureCode.INVALID, "Pages can only be read."));
            return;
        }
        String path = context.normalizedPath();
        @Nullable Page page = pages.get(path);
        if (page == null && !looksLikeFile(path)) {
            page = pages.get("/index.html");
        }
        if (page == null) {
            responses.send(request, Problem.of(404, FailureCode.NOT_FOUND, "There is no page at this path."));
        } else {
            send(request, page);
        }
    }

    private static void send(HttpServerRequest request, Page page) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", page.type())
                .putHeader("Cache-Control", page.hashed() ? FOR_EVER : "no-cache")
                .putHeader("Vary", "Accept-Encoding");
        Buffer body = page.plain();
        if (page.packed() != null && acceptsGzip(request)) {
            response.putHeader("Content-Encoding", "gzip");
            body = page.packed();
        }
        response.putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    private static boolean acceptsGzip(HttpServerRequest request) {
        @Nullable String accepted = request.getHeader("Accept-Encoding");
        return accepted != null
                && accepted.toLowerCase(Locale.ROOT).matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0+)?\\b).*");
    }

    private static boolean looksLikeFile(String path) {
        return path.startsWith("/assets/")
                || path.substring(path.lastIndexOf('/') + 1).contains(".");
    }

    private static Page page(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalStateException(file + " is too large for a file of the web UI");
            }
            byte[] bytes = Files.readAllBytes(file);
            byte[] packed = pack(bytes);
            return new Page(
                    type(file),
                    Buffer.buffer(bytes),
                    packed.length < bytes.length * 9 / 10 ? Buffer.buffer(packed) : null,
                    file.toString().contains("/assets/"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString();
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
