package io.limiquantix.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.download.WebDownloads.Patience;
import io.limiquantix.runtime.names.WebAddress;
import io.limiquantix.runtime.testing.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a server that lies, dawdles, sends on, and cuts. */
class WebDownloadsTest {
    private static final int PART = 1 << 20;
    private static final AddressRange LOOPBACK = AddressRange.parse("127.0.0.0/8");
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(400), Duration.ofMillis(900), 16 << 10, Duration.ofMillis(20));

    private final Vertx vertx = Vertx.vertx();
    private final WebServer server = new WebServer(vertx, new HttpServerOptions());
    private final List<String> lookedUp = new ArrayList<>();
    private final WebDownloads downloads =
            new WebDownloads(vertx, DownloadConfig.USUAL, new AddressGuard(List.of(LOOPBACK), this::resolve), SHORT);
    private final Arrivals arrivals = new Arrivals();
    private final List<Double> percents = new ArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** A name service that only this test has: nobody else can find the server. */
    private InetAddress[] resolve(String name) throws UnknownHostException {
        lookedUp.add(name);
        return switch (name) {
            case "mirror.test" -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
            case "inside.test" -> new InetAddress[] {InetAddress.ofLiteral("10.0.0.1")};
            default -> throw new UnknownHostException(name);
        };
    }

    private long fetch(String host, long maxBytes) {
        WebAddress address = WebAddress.parse("http://" + host + ":" + server.port() + "/pub/image.qcow2?token=s3cret");
        return downloads.fetch(address, maxBytes, arrivals, percents::add);
    }

    private long fetch() {
        return fetch("mirror.test", WebServer.SIZE);
    }

    private void assertRefused(FailureCode code, String why) {
        FailureException failure = catchThrowableOfType(FailureException.class, this::fetch);
        assertThat(failure).hasMessageContaining(why).hasMessageNotContaining("s3cret");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(arrivals.isLeft()).isFalse();
    }

    private void nextAnswers(Consumer<HttpServerRequest> fault) {
        server.faults.add(fault);
    }

    @Test
    void takesAFileToItsEnd() {
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
        assertThat(percents).isSorted().last().isEqualTo(100.0);
        assertThat(server.ranges).containsExactly("null");
    }

    @Test
    void takesAFileWhoseLengthNobodySays() {
        nextAnswers(request -> request.response().setChunked(true).end(Buffer.buffer(server.file)));
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
    }

    @Test
    void goesOnWhereTheConnectionWasCut() {
        nextAnswers(request -> server.cutAfter(request, PART));
        nextAnswers(request -> request.connection().close());
        nextAnswers(request -> request.response().setStatusCode(503).end());
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
        assertThat(arrivals.begun).isEqualTo(1);
        assertThat(server.ranges.getLast()).isEqualTo("bytes=" + PART + "-");
    }

    @Test
    void goesOnWhereTheServerFellSilent() {
        nextAnswers(request -> request.response()
                .putHeader("ETag", server.tag)
                .putHeader("Content-Length", String.valueOf(WebServer.SIZE))
                .write(Buffer.buffer(server.file).slice(0, PART)));
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
    }

    @Test
    void neverMixesTwoFiles() {
        nextAnswers(request -> {
            server.cutAfter(request, PART);
            server.file = WebServer.noise(2);
            server.tag = "\"two\"";
        });
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
        assertThat(arrivals.begun).isEqualTo(2);
    }

    @Test
    void takesNoPartOfAnotherFileThoughTheServerSendsIt() {
        nextAnswers(request -> server.cutAfter(request, PART));
        nextAnswers(request -> request.response()
                .setStatusCode(206)
                .putHeader("ETag", "\"other\"")
                .putHeader("Content-Range", "bytes " + PART + "-" + (WebServer.SIZE - 1) + "/" + WebServer.SIZE)
                .end(Buffer.buffer(new byte[WebServer.SIZE - PART])));
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
        assertThat(arrivals.begun).isEqualTo(2);
    }

    @Test
    void beginsAnewWhereTheServerCannotTellWhetherTheFileIsTheSame() {
        server.tag = "W/\"weak\"";
        nextAnswers(request -> server.cutAfter(request, PART));
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(arrivals.kept()).isEqualTo(server.file);
        assertThat(server.ranges).containsExactly("null", "null");
    }

    @Test
    void givesUpAServerThatAlwaysBeginsAnew() {
        server.tag = "W/\"weak\"";
        for (int i = 0; i < 9; i++) {
            nextAnswers(request -> server.cutAfter(request, PART));
        }
        assertRefused(FailureCode.INVALID, "did not go on where it was");
    }

    @Test
    void refusesAServerThatDawdles() {
        nextAnswers(request -> {
            var response = request.response().putHeader("Content-Length", String.valueOf(WebServer.SIZE));
            vertx.setPeriodic(20, timer -> response.write("x"));
        });
        assertRefused(FailureCode.INVALID, "sends too slowly");
    }

    @Test
    void refusesAServerThatSaysNothing() {
        nextAnswers(request -> {});
        assertRefused(FailureCode.INVALID, "Nothing came of the file: mirror.test did not answer");
    }

    @Test
    void givesUpOneThatNeverComesBack() {
        nextAnswers(request -> server.cutAfter(request, PART));
        for (int i = 0; i < 200; i++) {
            nextAnswers(request -> request.connection().close());
        }
        assertRefused(FailureCode.INVALID, "The file stands at " + PART + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451, 204, 304})
    void saysWhatTheServerAnswers(int status) {
        nextAnswers(request -> request.response().setStatusCode(status).end());
        assertRefused(FailureCode.INVALID, "mirror.test has no such file: it answers " + status);
    }

    @Test
    void refusesAPageAndAnEncodingThatWasNotAskedFor() {
        nextAnswers(request -> request.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end("<p>Log in"));
        assertRefused(FailureCode.INVALID, "a page for people");
        nextAnswers(request ->
                request.response().putHeader("Content-Encoding", "gzip").end("x"));
        assertRefused(FailureCode.INVALID, "only as gzip");
    }

    @Test
    void refusesWhatIsTooLargeBeforeOrWhileItComes() {
        nextAnswers(request -> request.response()
                .putHeader("Content-Length", "9000000000000000000")
                .write("x"));
        assertRefused(FailureCode.TOO_LARGE, "At most " + WebServer.SIZE);
        nextAnswers(request -> request.response()
                .setChunked(true)
                .end(Buffer.buffer(server.file).appendString("x")));
        assertRefused(FailureCode.TOO_LARGE, "more than that");
        arrivals.room = PART;
        assertRefused(FailureCode.NO_CAPACITY, "No room.");
    }

    @Test
    void goesWhereTheServerSendsOnToWithinWhatMayBeAsked() {
        nextAnswers(request -> sendOn(request, "/elsewhere"));
        assertThat(fetch()).isEqualTo(WebServer.SIZE);
        assertThat(lookedUp).as("looked up once for each connection").containsExactly("mirror.test", "mirror.test");
        nextAnswers(request -> sendOn(request, "http://inside.test/latest/meta-data"));
        assertRefusedAnew("inside.test is not in the public network");
        nextAnswers(request -> sendOn(request, "http://unknown.test/"));
        assertRefusedAnew("The name unknown.test is not known");
        nextAnswers(request -> sendOn(request, "file:///etc/passwd"));
        assertRefusedAnew("has to begin with https:// or http://");
        nextAnswers(request -> request.response().setStatusCode(302).end());
        assertRefusedAnew("sends on without saying where to");
        server.faults.addAll(Collections.nCopies(9, request -> sendOn(request, "/again")));
        assertRefusedAnew("sends on more than 5 times");
    }

    private void assertRefusedAnew(String why) {
        arrivals.forget();
        assertRefused(FailureCode.INVALID, why);
    }

    private static void sendOn(HttpServerRequest request, String location) {
        request.response().setStatusCode(302).putHeader("Location", location).end();
    }

    @Test
    void asksNobodyInside() {
        FailureException failure =
                catchThrowableOfType(FailureException.class, () -> fetch("inside.test", WebServer.SIZE));
        assertThat(failure).hasMessageContaining("inside.test is not in the public network");
        WebDownloads usual = new WebDownloads(vertx, DownloadConfig.USUAL);
        for (String inside : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433")) {
            WebAddress address = WebAddress.parse("http://" + inside + ":" + server.port() + "/");
            assertThat(catchThrowableOfType(
                            FailureException.class, () -> usual.fetch(address, PART, arrivals, percents::add)))
                    .as(inside)
                    .hasMessageContaining("is not in the public network");
        }
        assertThat(server.ranges).isEmpty();
    }

    @Test
    void asksTheProxyWhereThereIsOneAndLooksNothingUp() {
        List<String> asked = new ArrayList<>();
        nextAnswers(request -> {
            asked.add(request.uri());
            server.serve(request);
        });
        DownloadConfig config = new DownloadConfig(null, "http://127.0.0.1:" + server.port(), null, null);
        WebDownloads proxied = new WebDownloads(vertx, config, new AddressGuard(List.of(), this::resolve), SHORT);
        WebAddress address = WebAddress.parse("http://only.the.proxy.knows.test/image");
        assertThat(proxied.fetch(address, WebServer.SIZE, arrivals, percents::add))
                .isEqualTo(WebServer.SIZE);
        assertThat(asked).containsExactly("http://only.the.proxy.knows.test/image");
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void endsWhenItIsInterruptedAndLeavesNothing() {
        nextAnswers(request -> request.response()
                .putHeader("Content-Length", String.valueOf(WebServer.SIZE))
                .write(Buffer.buffer(server.file).slice(0, PART)));
        AtomicReference<FailureException> failure = new AtomicReference<>();
        Thread thread =
                Thread.ofVirtual().start(() -> failure.set(catchThrowableOfType(FailureException.class, this::fetch)));
        Eventually.holds(() -> !server.ranges.isEmpty() && !percents.isEmpty());
        thread.interrupt();
        FailureException ended = Eventually.get(failure::get, f -> f != null);
        assertThat(ended.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(arrivals.isLeft()).isFalse();
    }
}
