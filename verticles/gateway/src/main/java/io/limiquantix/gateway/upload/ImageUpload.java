package io.limiquantix.gateway.upload;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.gateway.stream.HostStreams;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Streams an image's bytes from a client to the host that keeps them; no more than a few buffers are ever held. */
public final class ImageUpload {
    private final Bus bus;
    private final HostStreams hosts;

    public ImageUpload(Bus bus, HostStreams hosts) {
        this.bus = bus;
        this.hosts = hosts;
    }

    /**
     * Blocks a virtual thread until the bytes are on the host's disk and the task that checks them has begun.
     *
     * @param request paused, with its body unread
     * @param loop the event loop context of the request
     * @param length what the client announced
     */
    public TaskRef upload(HttpServerRequest request, Context loop, UUID imageId, @Nullable Long length, Caller caller) {
        StreamTicket ticket =
                bus.request(ImagesApi.BEGIN_UPLOAD, new ImagesApi.BeginUpload(imageId, length), caller.part("begin"));
        Promise<Void> sent = Promise.promise();
        loop.runOnContext(unused -> send(request, ticket, length).onComplete(sent));
        await(sent.future());
        return bus.request(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(imageId), caller.part("finish"));
    }

    private Future<Void> send(HttpServerRequest request, StreamTicket ticket, @Nullable Long length) {
        return hosts.openUpload(ticket).compose(host -> {
            if (length == null) {
                host.setChunked(true);
            } else {
                host.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
            }
            return pipe(request, host);
        });
    }

    /** The host may answer before it has read everything, for instance when its disk is full: its word counts. */
    private static Future<Void> pipe(HttpServerRequest request, HttpClientRequest host) {
        Promise<Void> end = Promise.promise();
        host.response()
                .compose(HostStreams::confirm)
                .onSuccess(end::tryComplete)
                .onFailure(e -> {
                    boolean first = end.tryFail(e);
                    if (first) {
                        request.resume();
                    }
                });
        request.exceptionHandler(e -> {
            if (end.tryFail(FailureException.of(FailureCode.INVALID, "The upload was cut off; begin it again."))) {
                host.reset();
            }
        });
        request.pipe().endOnFailure(false).to(host);
        return end.future();
    }

    // Await throws whatever the future failed with, checked or not.
    @SuppressWarnings("CatchingUnchecked")
    private static void await(Future<Void> future) {
        try {
            future.await();
        } catch (FailureException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new FailureException(
                    Failure.of(FailureCode.UNAVAILABLE, "The host went away during the upload; begin it again."), e);
        }
    }
}
