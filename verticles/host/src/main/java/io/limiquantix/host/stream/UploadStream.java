package io.limiquantix.host.stream;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.StorageException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an image's bytes. Reading from the network is the event loop's work, summing up and writing that of a thread per
 * upload.
 */
final class UploadStream {
    private static final Logger LOG = LoggerFactory.getLogger(UploadStream.class);
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final long SILENCE_MILLIS = 60_000;
    private static final long DISCARD_MILLIS = 30_000;

    private final Vertx vertx;
    private final OpenPools pools;

    UploadStream(Vertx vertx, OpenPools pools) {
        this.vertx = vertx;
        this.pools = pools;
    }

    void handle(HttpServerRequest request, StreamPurpose.Upload purpose) {
        request.pause();
        if (announced(request) > purpose.maxBytes() - purpose.begins()) {
            tooLarge(request, purpose);
            return;
        }
        Context context = vertx.getOrCreateContext();
        ArrivingBody body = ArrivingBody.of(request, context);
        Thread.ofPlatform()
                .name("upload-" + purpose.imageId())
                .daemon()
                .start(() -> receive(request, context, body, purpose));
    }

    /** Answers 0 when the sender did not say; the bytes are counted anyway. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            LOG.debug("an upload announces the length {}", length, e);
            return Long.MAX_VALUE;
        }
    }

    // Whatever goes wrong, the sender is waiting for an answer.
    @SuppressWarnings("CatchingUnchecked")
    private void receive(HttpServerRequest request, Context context, ArrivingBody body, StreamPurpose.Upload purpose) {
        try {
            Optional<JsonObject> arrived = take(body, purpose);
            if (arrived.isPresent()) {
                context.runOnContext(now -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(arrived.get().toBuffer()));
            } else {
                body.discard();
                context.runOnContext(now -> tooLarge(request, purpose));
            }
        } catch (ArrivingBody.CutOffException e) {
            LOG.info("the upload of image {} was cut off", purpose.imageId());
            context.runOnContext(now -> request.connection().close());
        } catch (FailureException e) {
            refuse(request, context, body, e.code().httpStatus(), e.failure());
        } catch (StorageException e) {
            LOG.info("an upload failed: {}", e.getMessage());
            FailureException failure = StorageFailures.of(e);
            boolean full = e.reason() == StorageException.Reason.NO_SPACE;
            refuse(
                    request,
                    context,
                    body,
                    full ? INSUFFICIENT_STORAGE : failure.code().httpStatus(),
                    failure.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the upload of image {} failed unexpectedly", purpose.imageId(), e);
            Failure failure = Failure.of(
                    FailureCode.INTERNAL, "The host could not store the image; its log has the reason. Try it again.");
            refuse(request, context, body, failure.code().httpStatus(), failure);
        }
    }

    /** What arrived, once it is on the disk; nothing when it was too large. */
    private Optional<JsonObject> take(ArrivingBody body, StreamPurpose.Upload purpose)
            throws InterruptedException, ArrivingBody.CutOffException {
        try (ImageArrival arrival = begin(purpose)) {
            if (!store(body, arrival, purpose.maxBytes())) {
                return Optional.empty();
            }
            JsonObject answer = new JsonObject().put("bytes", arrival.bytesWritten());
            if (purpose.offset() == null || arrival.bytesWritten() == purpose.maxBytes()) {
                answer.put("sha256", arrival.complete());
            }
            return Optional.of(answer);
        }
    }

    private ImageArrival begin(StreamPurpose.Upload purpose) {
        Images images = pools.require(purpose.poolId()).images();
        return purpose.offset() == null
                ? images.receive(purpose.imageId())
                : images.resume(purpose.imageId(), purpose.offset(), purpose.maxBytes());
    }

    private static boolean store(ArrivingBody body, ImageArrival arrival, long maxBytes)
            throws InterruptedException, ArrivingBody.CutOffException {
        Buffer part = body.next(SILENCE_MILLIS);
        while (part != null) {
            if (arrival.bytesWritten() + part.length() > maxBytes) {
                return false;
            }
            for (ByteBuffer bytes : ((BufferInternal) part).getByteBuf().nioBuffers()) {
                arrival.write(bytes);
            }
            part = body.next(SILENCE_MILLIS);
        }
        return true;
    }

    private void refuse(HttpServerRequest request, Context context, ArrivingBody body, int status, Failure failure) {
        body.discard();
        context.runOnContext(now -> {
            StreamRefusal.send(request, status, failure.code(), failure.message());
            closeWhenRead(request);
        });
    }

    private void tooLarge(HttpServerRequest request, StreamPurpose.Upload purpose) {
        StreamRefusal.send(
                request,
                FailureCode.TOO_LARGE,
                "The image is larger than the " + purpose.maxBytes() + " bytes allowed.");
        closeWhenRead(request);
    }

    /** A sender that never ends must not keep the connection. */
    private void closeWhenRead(HttpServerRequest request) {
        vertx.setTimer(DISCARD_MILLIS, timer -> request.connection().close());
    }
}
