package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.storage.Exports;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a file's bytes. Runs on the endpoint's event loops; the kernel or Vert.x's workers read the file. */
final class DownloadStream {
    private static final Logger LOG = LoggerFactory.getLogger(DownloadStream.class);
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final Exports exports;

    DownloadStream(Exports exports) {
        this.exports = exports;
    }

    void handle(HttpServerRequest request, StreamPurpose.Download purpose) {
        try {
            Path file = exports.require(purpose.exportId());
            send(request, file, Files.size(file));
        } catch (FailureException e) {
            StreamRefusal.send(request, e.code(), e.failure().message());
        } catch (IOException e) {
            LOG.warn("the export {} went away while it was opened", purpose.exportId(), e);
            FailureException gone = FailureException.notFound("The file of the export is gone.");
            StreamRefusal.send(request, gone.code(), gone.failure().message());
        }
    }

    private static void send(HttpServerRequest request, Path file, long size) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Accept-Ranges", "bytes");
        switch (ByteRange.of(request.getHeader("Range"), size)) {
            case ByteRange.Asked.All _ -> send(response, file, new ByteRange(0, size));
            case ByteRange.Asked.Part(var part) -> {
                response.setStatusCode(PARTIAL).putHeader("Content-Range", part.of(size));
                send(response, file, part);
            }
            case ByteRange.Asked.Nowhere _ ->
                response.setStatusCode(NOT_SATISFIABLE)
                        .putHeader("Content-Range", "bytes */" + size)
                        .end()
                        .onFailure(DownloadStream::note);
        }
    }

    private static void send(HttpServerResponse response, Path file, ByteRange part) {
        response.sendFile(file.toString(), part.offset(), part.length()).onFailure(DownloadStream::note);
    }

    /** Whoever fetched it sees that its connection ended early. */
    private static void note(Throwable cause) {
        LOG.debug("a download was cut off", cause);
    }
}
