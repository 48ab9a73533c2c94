package io.limiquantix.gateway.http;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.gateway.contract.ApiOperation;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import io.limiquantix.gateway.contract.RequestValues;
import io.limiquantix.gateway.contract.Schema;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The way of one request: who asks, what exactly, do it, note it, answer. */
final class RequestRun {
    private static final String JSON = "application/json";

    private final Admission admission;
    private final AuditTrail audit;
    private final Responses responses;
    private final RequestMetrics metrics;

    RequestRun(Admission admission, AuditTrail audit, Responses responses, RequestMetrics metrics) {
        this.admission = admission;
        this.audit = audit;
        this.responses = responses;
        this.metrics = metrics;
    }

    /** Called on the request's context; goes on on a virtual thread. */
    void start(ApiOperation operation, Operation does, RoutingContext routing) {
        HttpServerRequest http = routing.request();
        if (operation.body() != null || operation.streamed()) {
            http.pause();
        }
        Context context = Objects.requireNonNull(Vertx.currentContext());
        Work work = new Work(operation, does, http, routing.pathParams(), query(http), context, System.nanoTime());
        Thread.ofVirtual().name(operation.id()).start(() -> run(work));
    }

    /** Without the path's parameters, which Vert.x mixes into its own map of them. */
    private static Map<String, List<String>> query(HttpServerRequest http) {
        try {
            return new QueryStringDecoder(http.uri()).parameters();
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(List.of(new FieldError("query", "is not encoded as a URL.")), e);
        }
    }

    private record Work(
            ApiOperation operation,
            Operation does,
            HttpServerRequest http,
            Map<String, String> path,
            Map<String, List<String>> query,
            Context context,
            long begun) {}

    private void run(Work work) {
        @Nullable ApiRequest request = null;
        try {
            var holder = admission.admit(work.operation(), work.http());
            var values = RequestValues.of(
                    work.operation(), work.path(), work.query(), work.http().headers());
            request = ApiRequest.of(work.operation(), values, ApiRequest.Origin.of(work.http()), holder);
            request = request.with(body(work, values));
            perform(work, request);
        } catch (RuntimeException | Error e) {
            Problem problem = Problems.of(e, work.operation().id());
            if (request != null) {
                audit.note(request, problem.status(), null);
            }
            answered(work, problem.status());
            work.context().runOnContext(v -> responses.send(work.http(), problem));
        }
    }

    private void perform(Work work, ApiRequest request) {
        switch (work.does()) {
            case Operation.Plain plain -> answer(work, request, plain.handle(request));
            case Operation.Streamed streamed ->
                answer(work, request, streamed.handle(request, work.http(), work.context()));
            case Operation.Fetched fetched -> {
                Delivery delivery = fetched.handle(request, work.http(), work.context());
                answered(work, delivery.status());
                work.context().runOnContext(v -> delivery.send(work.http()));
            }
            case Operation.Endless endless -> {
                answered(work, 200);
                work.context().runOnContext(v -> endless.handle(request, work.http()));
            }
        }
    }

    private void answer(Work work, ApiRequest request, Answer answer) {
        audit.note(request, answer.status(), answer);
        answered(work, answer.status());
        work.context().runOnContext(v -> responses.send(work.http(), answer));
    }

    private void answered(Work work, int status) {
        metrics.answered(work.operation().id(), status, System.nanoTime() - work.begun());
    }

    private static RequestValues body(Work work, RequestValues values) {
        @Nullable Schema schema = work.operation().body();
        if (schema == null) {
            @Nullable String bytes = work.operation().bytes();
            if (bytes != null) {
                requireContentType(work.http(), bytes);
            }
            return values;
        }
        boolean required = work.operation().bodyRequired();
        if (required) {
            requireContentType(work.http(), JSON);
        }
        byte[] bytes = gather(work);
        if (bytes.length == 0 && !required) {
            return values;
        }
        requireContentType(work.http(), JSON);
        return values.withBody(schema, bytes);
    }

    private static void requireContentType(HttpServerRequest http, String expected) {
        @Nullable String type = http.getHeader("Content-Type");
        String plain = type == null ? "" : type.split(";", 2)[0].strip();
        if (!plain.equalsIgnoreCase(expected)) {
            throw new WrongContentTypeException(expected);
        }
    }

    /** Reads on the request's context while this thread waits. */
    private static byte[] gather(Work work) {
        Promise<byte[]> gathered = Promise.promise();
        work.context().runOnContext(v -> RequestBody.read(work.http()).onComplete(gathered));
        try {
            return gathered.future().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw failure;
            }
            throw new FailureException(Failure.of(FailureCode.INVALID, "The connection ended before the body did."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping", e);
        }
    }
}
