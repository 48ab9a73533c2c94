package io.limiquantix.gateway.http;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.gateway.contract.ApiContract;
import io.limiquantix.gateway.contract.ApiOperation;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes routes of the contract's operations; an operation that nobody does is an error at the start. */
final class ApiRoutes {
    private final ApiContract contract;
    private final Map<String, Operation> operations;
    private final RequestRun run;
    private final Responses responses;

    ApiRoutes(ApiContract contract, Map<String, Operation> operations, RequestRun run, Responses responses) {
        this.contract = contract;
        this.operations = operations;
        this.run = run;
        this.responses = responses;
    }

    void addTo(Router router) {
        List<ApiOperation> all = contract.operations();
        requireSame(all);
        Map<String, List<ApiOperation>> byPath = new TreeMap<>();
        for (ApiOperation operation : all) {
            Operation does = Objects.requireNonNull(operations.get(operation.id()));
            router.route(operation.method(), route(operation.path()))
                    .handler(context -> run.start(operation, does, context));
            byPath.computeIfAbsent(operation.path(), path -> new ArrayList<>()).add(operation);
        }
        byPath.forEach((path, there) -> router.route(route(path)).handler(context -> refuseMethod(context, there)));
        router.route(contract.root() + "/*").handler(this::refusePath);
    }

    private String route(String path) {
        return contract.root() + path.replaceAll("\\{(\\w+)}", ":$1");
    }

    private void requireSame(List<ApiOperation> all) {
        var stated = new TreeSet<>(all.stream().map(ApiOperation::id).toList());
        if (!stated.equals(new TreeSet<>(operations.keySet()))) {
            throw new IllegalStateException("the contract states " + stated + ", and there are " + operations.keySet());
        }
    }

    private void refuseMethod(RoutingContext context, List<ApiOperation> there) {
        String allowed = String.join(
                ", ", there.stream().map(o -> o.method().name()).sorted().toList());
        context.response().putHeader("Allow", allowed);
        HttpMethod method = context.request().method();
        responses.send(
                context.request(),
                Problem.of(405, FailureCode.INVALID, method + " is not possible here, only " + allowed + "."));
    }

    private void refusePath(RoutingContext context) {
        responses.send(context.request(), Problem.of(404, FailureCode.NOT_FOUND, "The API has nothing at this path."));
    }
}
