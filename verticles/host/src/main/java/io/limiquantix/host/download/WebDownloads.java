package io.limiquantix.host.download;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.storage.Advance;
import io.limiquantix.runtime.names.WebAddress;
import io.limiquantix.storage.driver.ImageArrival;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Fetches files from web servers, over as many connections as it takes. Safe for any thread. */
public final class WebDownloads {
    private static final Patience USUAL =
            new Patience(Duration.ofSeconds(60), Duration.ofMinutes(2), 120L << 10, Duration.ofSeconds(2));

    private final WebClient client;
    private final Patience patience;
    private final @Nullable Long bytesPerSecond;

    /**
     * How long it waits.
     *
     * @param silence for the next bytes of a connection, or the head of an answer
     * @param window of time in which something has to come
     * @param leastBytes how much that is
     * @param pause between two connections
     */
    record Patience(Duration silence, Duration window, long leastBytes, Duration pause) {}

    public WebDownloads(Vertx vertx, DownloadConfig config) {
        this(vertx, config, config.guard(), USUAL);
    }

    WebDownloads(Vertx vertx, DownloadConfig config, AddressGuard guard, Patience patience) {
        this.client = new WebClient(vertx, config, guard, patience.silence());
        this.patience = patience;
        this.bytesPerSecond = config.bytesPerSecond();
    }

    /** Where the bytes go. */
    public interface Target {
        /** Begins anew. */
        ImageArrival begin();

        /** @throws FailureException when there is no room for so many bytes */
        void requireRoom(long bytes);
    }

    /**
     * Fetches the file to its end. A connection that is cut or silent is followed by another, which goes on where that was if the
     * server says that the file is still the same, else from the start. A few megabytes at most are held. Interrupting the thread
     * ends it; whatever ends it before the file does, nothing of it is left.
     *
     * @param maxBytes a larger file is refused
     * @param advance is told how far it has come
     * @return how many bytes the file has
     * @throws FailureException {@code INVALID}, {@code TOO_LARGE} or what the target throws: nothing that another try would change
     */
    public long fetch(WebAddress source, long maxBytes, Target target, Advance advance) {
        Headway headway = new Headway(patience.window(), patience.leastBytes(), InstantSource.system());
        try (Download download =
                new Download(client, source, maxBytes, target, advance, patience, headway, new Pace(bytesPerSecond))) {
            return download.run();
        }
    }
}
