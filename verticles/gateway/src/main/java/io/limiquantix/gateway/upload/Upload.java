package io.limiquantix.gateway.upload;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.gateway.http.RequestBody;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Streams bytes from a client to the host that keeps them; no more than a few buffers are ever held. */
public final class Upload {
    /** How long what follows the last byte may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HostStreams hosts;

    public Upload(HostStreams hosts) {
        this.hosts = hosts;
    }

    /** Whom to ask for a ticket, and whom to tell that all has arrived. */
    public interface Destination {
        StreamTicket begin(@Nullable Long length, Caller caller);

        TaskRef finish(Caller caller);
    }

    /**
     * Blocks a virtual thread, for as long as the bytes come, until they are on the host's disk and the task that checks
     * them has begun.
     *
     * @param request paused, with its body unread
     * @param loop the event loop context of the request
     */
    public TaskRef run(HttpServerRequest request, Context loop, Destination destination, Caller caller) {
        StreamTicket ticket = destination.begin(length(request), caller.part("begin"));
        send(request, loop, ticket);
        return destination.finish(caller.part("finish").within(PATIENCE));
    }

    /** Blocks a virtual thread until the host has confirmed that all bytes of the body are on its disk. */
    public void send(HttpServerRequest request, Context loop, StreamTicket ticket) {
        Promise<Void> sent = Promise.promise();
        loop.runOnContext(unused -> pass(request, ticket, length(request)).onComplete(sent));
        await(sent.future());
    }

    private static @Nullable Long length(HttpServerRequest request) {
        @Nullable String announced = request.getHeader("Content-Length");
        return announced == null ? null : Long.valueOf(announced);
    }

    private Future<Void> pass(HttpServerRequest request, StreamTicket ticket, @Nullable Long length) {
        return hosts.openUpload(ticket).compose(host -> {
            if (length == null) {
                host.setChunked(true);
            } else {
                host.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
            }
            RequestBody.askForIt(request);
            return new BodyTransfer(request, host).run();
        });
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
