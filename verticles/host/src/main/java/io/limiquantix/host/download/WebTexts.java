package io.limiquantix.host.download;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.runtime.names.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads small texts from web servers, within what the guard of downloads allows. Safe for any thread. */
public final class WebTexts {
    /** Lists of checksums of whole distributions have some ten thousand bytes. A message holds it, with what is around it. */
    static final int MOST_BYTES = 1_000_000;

    private static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(25));
    private static final int TRIES = 2;
    private static final int UNCHANGED = 304;

    private final WebClient client;
    private final Patience patience;
    private final InstantSource clock;

    /**
     * How long it waits.
     *
     * @param silence for the head of an answer, or the next bytes
     * @param altogether for a text, so that whoever asked is still there
     */
    record Patience(Duration silence, Duration altogether) {}

    public WebTexts(Vertx vertx, DownloadConfig config) {
        this(vertx, config, config.guard(), USUAL, InstantSource.system());
    }

    WebTexts(Vertx vertx, DownloadConfig config, AddressGuard guard, Patience patience, InstantSource clock) {
        this.client = new WebClient(vertx, config, guard, patience.silence());
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * The text at that address. A connection that breaks off is tried once more.
     *
     * @param etag of the text that is known; absent: none is
     * @throws FailureException {@code INVALID} with the field {@code url}, when there is none to be had
     */
    public WebText read(WebAddress source, @Nullable String etag) {
        long end = clock.millis() + patience.altogether().toMillis();
        BrokenOffException last = new BrokenOffException("Nobody was asked");
        for (int done = 0; done < TRIES && clock.millis() < end; done++) {
            try (DownloadConnection answer =
                    client.get(source, etag == null ? Map.of() : Map.of("If-None-Match", etag))) {
                return answer.status() == UNCHANGED && etag != null
                        ? new WebText(null, etag)
                        : new WebText(
                                text(answer, source, end), answer.header("ETag").orElse(null));
            } catch (BrokenOffException e) {
                last = e;
            }
        }
        throw refused("The text at " + source + " cannot be read: " + last.getMessage() + ".", last);
    }

    private String text(DownloadConnection answer, WebAddress source, long end) throws BrokenOffException {
        if (FileHead.of(answer, source.host()).length() > MOST_BYTES) {
            throw tooLong(source);
        }
        Buffer text = Buffer.buffer();
        Buffer next = answer.next(patience.silence());
        while (next != null) {
            text.appendBuffer(next);
            if (text.length() > MOST_BYTES) {
                throw tooLong(source);
            }
            if (clock.millis() > end) {
                throw new BrokenOffException(source.host() + " sends too slowly");
            }
            next = answer.next(patience.silence());
        }
        return decode(text, source);
    }

    private static String decode(Buffer bytes, WebAddress source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("What is at " + source + " is no text in UTF-8. Look at the address.", e);
        }
    }

    private static FailureException tooLong(WebAddress source) {
        return refused(
                "What is at " + source + " has more than " + MOST_BYTES + " bytes, which no list has."
                        + " Look at the address.",
                null);
    }

    private static FailureException refused(String why, @Nullable Exception cause) {
        Failure failure = new Failure(FailureCode.INVALID, why, Map.of("field", "url"));
        return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
    }
}
