package io.limiquantix.host.download;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.download.WebDownloads.Patience;
import io.limiquantix.host.download.WebDownloads.Target;
import io.limiquantix.host.storage.Advance;
import io.limiquantix.runtime.names.WebAddress;
import io.limiquantix.storage.driver.ImageArrival;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way from a web server. For one thread. */
final class Download implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    /** A server that gives another file each time never comes to an end. */
    private static final int MOST_BEGINNINGS = 5;

    private final WebClient client;
    private final WebAddress source;
    private final long maxBytes;
    private final Target target;
    private final Advance advance;
    private final Patience patience;
    private final Headway headway;
    private final Pace pace;
    private @Nullable ImageArrival arrival;
    /** What the server said of the file that is arriving. */
    private FileHead head = FileHead.UNKNOWN;

    private int beginnings;

    Download(
            WebClient client,
            WebAddress source,
            long maxBytes,
            Target target,
            Advance advance,
            Patience patience,
            Headway headway,
            Pace pace) {
        this.client = client;
        this.source = source;
        this.maxBytes = maxBytes;
        this.target = target;
        this.advance = advance;
        this.patience = patience;
        this.headway = headway;
        this.pace = pace;
    }

    /** How many bytes the file has. */
    long run() {
        while (true) {
            try {
                ImageArrival whole = receive();
                whole.complete();
                return whole.bytesWritten();
            } catch (BrokenOffException e) {
                LOG.info("the download of {} stands at {} bytes: {}", source, written(), e.getMessage());
                if (arrival == null || !headway.isEnough(written())) {
                    throw givenUp(e);
                }
                rest();
            }
        }
    }

    private ImageArrival receive() throws BrokenOffException {
        try (DownloadConnection answer = client.get(source, headers())) {
            ImageArrival receiving = accept(answer);
            Buffer next = answer.next(patience.silence());
            while (next != null) {
                take(receiving, next);
                next = answer.next(patience.silence());
            }
            if (head.length() != FileHead.NO_LENGTH && receiving.bytesWritten() < head.length()) {
                throw new BrokenOffException(source.host() + " sent less than it announced");
            }
            return receiving;
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        if (written() > 0 && head.validator() != null) {
            headers.put("Range", "bytes=" + written() + "-");
            headers.put("If-Range", head.validator());
        }
        return headers;
    }

    private ImageArrival accept(DownloadConnection answer) throws BrokenOffException {
        FileHead said = FileHead.of(answer, source.host());
        if (said.offset() > 0) {
            ImageArrival before = arrival;
            if (before == null || !said.goesOn(head, written())) {
                head = FileHead.UNKNOWN;
                throw new BrokenOffException(source.host() + " sent another part than it was asked for");
            }
            return before;
        }
        requireAcceptable(said.length());
        return begin(said);
    }

    private ImageArrival begin(FileHead said) {
        beginnings++;
        if (beginnings > MOST_BEGINNINGS) {
            throw FailureException.invalid(
                    "url",
                    source.host() + " cut the connection " + MOST_BEGINNINGS
                            + " times and did not go on where it was; take another server.");
        }
        close();
        head = said;
        ImageArrival anew = target.begin();
        arrival = anew;
        return anew;
    }

    private void requireAcceptable(long length) {
        if (length > maxBytes) {
            throw tooLarge(length + " bytes");
        }
        if (length != FileHead.NO_LENGTH) {
            target.requireRoom(length);
        }
    }

    private void take(ImageArrival receiving, Buffer bytes) throws BrokenOffException {
        long written = receiving.bytesWritten() + bytes.length();
        if (written > maxBytes) {
            throw tooLarge("more than that");
        }
        if (head.length() != FileHead.NO_LENGTH && written > head.length()) {
            throw FailureException.invalid("url", source.host() + " sent more than it announced; take another server.");
        }
        for (ByteBuffer block : ((BufferInternal) bytes).getByteBuf().nioBuffers()) {
            receiving.write(block);
        }
        pace.took(bytes.length());
        advance.moved(written, head.length() > 0 ? head.length() : null);
        if (!headway.isEnough(written)) {
            throw givenUp(new BrokenOffException(source.host() + " sends too slowly"));
        }
    }

    private FailureException tooLarge(String what) {
        return FailureException.of(
                FailureCode.TOO_LARGE,
                "At most " + maxBytes + " bytes are accepted, and the file at " + source + " has " + what + ".");
    }

    private FailureException givenUp(BrokenOffException last) {
        String came = written() == 0
                ? "Nothing came of the file"
                : "The file stands at " + written() + " bytes, and hardly anything came for "
                        + patience.window().toSeconds() + " s";
        return new FailureException(
                new Failure(
                        FailureCode.INVALID,
                        came + ": " + last.getMessage()
                                + ". Look at the address, try it again, or take another server.",
                        Map.of("field", "url")),
                last);
    }

    private long written() {
        return arrival == null ? 0 : arrival.bytesWritten();
    }

    private void rest() {
        try {
            Thread.sleep(patience.pause());
        } catch (InterruptedException e) {
            throw DownloadConnection.interrupted(e);
        }
    }

    /** What arrived goes, unless all of it did. */
    @Override
    public void close() {
        // Whoever ended it did so by an interrupt; what arrived can only be deleted by a thread without one.
        boolean interrupted = Thread.interrupted();
        try {
            if (arrival != null) {
                arrival.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
