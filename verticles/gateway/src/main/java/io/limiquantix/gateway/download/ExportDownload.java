package io.limiquantix.gateway.download;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.gateway.http.Delivery;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.stream.HostStreams;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** Fetches a file from the host that has it, for a client; no more than a few buffers are ever held. */
public final class ExportDownload {
    private final Bus bus;
    private final HostStreams hosts;
    private final LiveStreams streams;

    public ExportDownload(Bus bus, HostStreams hosts, LiveStreams streams) {
        this.bus = bus;
        this.hosts = hosts;
        this.streams = streams;
    }

    /**
     * Blocks a virtual thread until the host has begun to answer.
     *
     * @param range what the client says of the part that it wants
     * @param loop the event loop context of the request
     * @param session whose end ends the download
     */
    public Delivery open(
            TransferApi.Export export, @Nullable String range, Context loop, String session, Caller caller) {
        TransferApi.OpenedExport opened = bus.request(TransferApi.OPEN_EXPORT, export, caller);
        Promise<HttpClientResponse> answered = Promise.promise();
        loop.runOnContext(unused -> hosts.openDownload(opened.ticket(), range).onComplete(answered));
        return new FileDelivery(await(answered), FileName.disposition(opened.fileName()), streams, session);
    }

    // Await throws whatever the future failed with, checked or not.
    @SuppressWarnings("CatchingUnchecked")
    private static HttpClientResponse await(Promise<HttpClientResponse> answered) {
        try {
            return answered.future().await();
        } catch (FailureException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new FailureException(
                    Failure.of(FailureCode.UNAVAILABLE, "The host that has the file does not answer; try again."), e);
        }
    }
}
