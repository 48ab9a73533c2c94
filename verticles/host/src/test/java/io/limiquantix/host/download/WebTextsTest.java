package io.limiquantix.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.host.download.WebTexts.Patience;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small texts from a server that lies, dawdles, sends on, and cuts. */
class WebTextsTest {
    private static final String TEXT = "0123  débian.qcow2\n";
    private static final Patience SHORT = new Patience(Duration.ofMillis(400), Duration.ofMillis(900));

    private final Vertx vertx = Vertx.vertx();
    private final WebServer server = new WebServer(vertx, new HttpServerOptions());
    private final AddressGuard guard = new AddressGuard(List.of(AddressRange.parse("127.0.0.0/8")), name ->
            new InetAddress[] {InetAddress.ofLiteral(address(name))});
    private final WebTexts texts = new WebTexts(vertx, DownloadConfig.USUAL, guard, SHORT, InstantSource.system());

    WebTextsTest() {
        server.file = TEXT.getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static String address(String name) {
        return name.equals("inside.test") ? "10.0.0.1" : "127.0.0.1";
    }

    private WebText read(String host) {
        return texts.read(WebAddress.parse("http://" + host + ":" + server.port() + "/SHA256SUMS?token=s3cret"), null);
    }

    private void assertRefused(String why) {
        FailureException failure = catchThrowableOfType(FailureException.class, () -> read("mirror.test"));
        assertThat(failure).hasMessageContaining(why).hasMessageNotContaining("s3cret");
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID);
        assertThat(failure.failure().details()).containsEntry("field", "url");
    }

    private void nextAnswers(Consumer<HttpServerRequest> fault) {
        server.faults.add(fault);
    }

    @Test
    void readsATextAndWhatItIsKnownBy() {
        assertThat(read("mirror.test")).isEqualTo(new WebText(TEXT, server.tag));
    }

    @Test
    void saysNothingOfATextThatIsStillTheSame() {
        AtomicReference<String> asked = new AtomicReference<>();
        nextAnswers(request -> {
            asked.set(String.valueOf(request.getHeader("If-None-Match")));
            request.response().setStatusCode(304).end();
        });
        WebAddress address = WebAddress.parse("http://mirror.test:" + server.port() + "/list");
        assertThat(texts.read(address, "\"one\"")).isEqualTo(new WebText(null, "\"one\""));
        assertThat(asked).hasValue("\"one\"");
    }

    @Test
    void asksOnceMoreWhereTheConnectionBroke() {
        nextAnswers(request -> request.connection().close());
        assertThat(read("mirror.test").text()).isEqualTo(TEXT);
    }

    @Test
    void asksNoServerOfAnInnerNetworkEvenWhenSentThere() {
        FailureException failure = catchThrowableOfType(FailureException.class, () -> read("inside.test"));
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID);
        nextAnswers(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "http://inside.test/list")
                .end());
        assertRefused("inside.test");
        assertThat(server.ranges).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 304})
    void saysWhatTheServerAnswers(int status) {
        nextAnswers(request -> request.response().setStatusCode(status).end());
        assertRefused("it answers " + status);
    }

    @Test
    void refusesWhatIsTooLongWhetherAnnouncedOrNot() {
        server.file = new byte[WebTexts.MOST_BYTES + 1];
        assertRefused("no list has");
        nextAnswers(request -> request.response().setChunked(true).end(Buffer.buffer(server.file)));
        assertRefused("no list has");
    }

    @Test
    void refusesWhatIsNoText() {
        server.file = new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1};
        assertRefused("no text");
    }

    @Test
    void givesUpAServerThatDawdles() {
        for (int i = 0; i < 2; i++) {
            nextAnswers(request -> {
                var response = request.response().putHeader("Content-Length", "1000");
                vertx.setPeriodic(20, timer -> response.write("x"));
            });
        }
        assertRefused("sends too slowly");
    }

    @Test
    void givesUpAServerThatSaysNothing() {
        nextAnswers(request -> {});
        nextAnswers(request -> {});
        assertRefused("did not answer");
    }
}
