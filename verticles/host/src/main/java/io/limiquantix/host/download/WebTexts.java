package io.limiquantix.host.download;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.TextReport;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads small texts from web servers, each over one connection. Safe for any thread. */
public final class WebTexts {
    private static final Patience USUAL = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(45));
    private static final int NOT_MODIFIED = 304;
    /** RFC 9110, 8.8.3; a longer one is not worth keeping. */
    private static final Pattern ETAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,200}\"");

    private final WebClient client;
    private final Patience patience;

    /**
     * How long it waits.
     *
     * @param silence for the next bytes, or the head of an answer
     * @param longest for all of the text
     */
    record Patience(Duration silence, Duration longest) {}

    public WebTexts(Vertx vertx, DownloadConfig config) {
        this(vertx, config, config.guard(), USUAL);
    }

    WebTexts(Vertx vertx, DownloadConfig config, AddressGuard guard, Patience patience) {
        this.client = new WebClient(vertx, config, guard, patience.silence());
        this.patience = patience;
    }

    /**
     * What is there now, as UTF-8, without a mark of the byte order.
     *
     * @param maxBytes a longer text is refused, as is one of more than {@link HostTransferApi#MOST_TEXT_BYTES}
     * @param known the tag of the text that is known already, absent for none
     * @throws FailureException {@code INVALID} or {@code TOO_LARGE} when there is no such text, {@code UNAVAILABLE} when there is
     *     none now
     */
    public TextReport read(WebAddress source, int maxBytes, @Nullable String known) {
        Map<String, String> headers =
                known == null || !ETAG.matcher(known).matches() ? Map.of() : Map.of("If-None-Match", known);
        try (DownloadConnection answer = client.get(source, headers)) {
            if (answer.status() == NOT_MODIFIED && !headers.isEmpty()) {
                return new TextReport(null, known);
            }
            FileHead.of(answer, source.host());
            byte[] bytes = receive(answer, source, Math.min(maxBytes, HostTransferApi.MOST_TEXT_BYTES));
            String etag = answer.header("ETag")
                    .filter(tag -> ETAG.matcher(tag).matches())
                    .orElse(null);
            return new TextReport(decode(bytes, source), etag);
        } catch (BrokenOffException e) {
            throw new FailureException(
                    Failure.of(FailureCode.UNAVAILABLE, source + " cannot be read: " + e.getMessage() + "."), e);
        }
    }

    private byte[] receive(DownloadConnection answer, WebAddress source, int most) throws BrokenOffException {
        Instant end = Instant.now().plus(patience.longest());
        Buffer all = Buffer.buffer();
        Buffer next = answer.next(patience.silence());
        while (next != null) {
            if (all.length() + next.length() > most) {
                throw FailureException.of(
                        FailureCode.TOO_LARGE,
                        "At most " + most + " bytes are read of a text, and " + source + " has more.");
            }
            all.appendBuffer(next);
            if (Instant.now().isAfter(end)) {
                throw new BrokenOffException(source.host() + " sends too slowly");
            }
            next = answer.next(patience.silence());
        }
        return all.getBytes();
    }

    private static String decode(byte[] bytes, WebAddress source) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw FailureException.invalid("url", source + " is no text in UTF-8.");
        }
    }
}
