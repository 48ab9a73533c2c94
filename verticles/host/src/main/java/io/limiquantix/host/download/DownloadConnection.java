package io.limiquantix.host.download;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.stream.ArrivingBody;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A web server's answer, on one connection. For one thread, but for what the event loop does here. */
final class DownloadConnection implements AutoCloseable {
    private final Context context;
    private final HttpClientResponse response;
    private final ArrivingBody body;
    private final String host;

    private DownloadConnection(Context context, HttpClientResponse response, String host) {
        this.context = context;
        this.response = response;
        this.body = ArrivingBody.of(response, context);
        this.host = host;
    }

    /**
     * Asks, and waits for the head of the answer.
     *
     * @throws FailureException {@code INVALID} when the server is not the one that it should be
     */
    static DownloadConnection open(Vertx vertx, HttpClientAgent client, RequestOptions request, Duration patience)
            throws BrokenOffException {
        Context context = vertx.getOrCreateContext();
        CompletableFuture<DownloadConnection> opened = new CompletableFuture<>();
        context.runOnContext(now -> client.request(request)
                .compose(HttpClientRequest::send)
                .onFailure(opened::completeExceptionally)
                .onSuccess(response -> {
                    response.pause();
                    DownloadConnection connection = new DownloadConnection(context, response, request.getHost());
                    if (!opened.complete(connection)) {
                        connection.close();
                    }
                }));
        return await(opened, request.getHost(), patience);
    }

    private static DownloadConnection await(
            CompletableFuture<DownloadConnection> opened, String host, Duration patience) throws BrokenOffException {
        try {
            return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(host, e.getCause());
        } catch (TimeoutException e) {
            giveUp(opened, e);
            throw new BrokenOffException(host + " did not answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            giveUp(opened, e);
            throw interrupted(e);
        }
    }

    private static BrokenOffException failed(String host, @Nullable Throwable cause) {
        if (cause != null && isDistrust(cause)) {
            throw new FailureException(
                    new Failure(
                            FailureCode.INVALID,
                            "The certificate of " + host + " is not to be trusted: " + reason(cause) + ".",
                            Map.of("field", "url")),
                    cause);
        }
        return new BrokenOffException(host + " cannot be reached: " + reason(cause), cause);
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null || cause.getMessage() == null ? "the connection failed" : cause.getMessage();
    }

    /** A connection that breaks while encryption is agreed on fails like one whose certificate is wrong, but for what is below. */
    private static boolean isDistrust(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** An answer that comes from now on is closed at once, as one that has come meanwhile is here. */
    private static void giveUp(CompletableFuture<DownloadConnection> opened, Exception why) {
        if (!opened.completeExceptionally(why) && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    int status() {
        return response.statusCode();
    }

    String statusText() {
        String text = response.statusMessage();
        return text == null || text.isEmpty() ? String.valueOf(status()) : status() + " (" + text + ")";
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getHeader(name));
    }

    /** Waits for the next bytes; nothing at the end. */
    @Nullable
    Buffer next(Duration silence) throws BrokenOffException {
        try {
            return body.next(silence.toMillis());
        } catch (ArrivingBody.CutOffException e) {
            throw new BrokenOffException("The connection to " + host + " was cut, or silent for too long", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        context.runOnContext(now -> response.request().connection().close());
    }

    static FailureException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FailureException(Failure.of(FailureCode.UNAVAILABLE, "The download was interrupted."), e);
    }
}
