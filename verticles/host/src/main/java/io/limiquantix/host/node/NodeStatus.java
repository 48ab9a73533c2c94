package io.limiquantix.host.node;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;

/** A failure as gRPC has it. */
final class NodeStatus {
    private NodeStatus() {}

    static StatusException of(Failure failure) {
        String field = failure.details().get("field");
        // A trailer is one line.
        String message = (field == null ? failure.message() : field + ": " + failure.message())
                .strip()
                .replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return new StatusException(of(failure.code()), message);
    }

    static GrpcStatus of(FailureCode code) {
        return switch (code) {
            case INVALID, TOO_LARGE -> GrpcStatus.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> GrpcStatus.UNAUTHENTICATED;
            case FORBIDDEN -> GrpcStatus.PERMISSION_DENIED;
            case NOT_FOUND -> GrpcStatus.NOT_FOUND;
            case CONFLICT -> GrpcStatus.FAILED_PRECONDITION;
            case STALE_VERSION, STALE_EPOCH -> GrpcStatus.ABORTED;
            case LIMITED, NO_CAPACITY -> GrpcStatus.RESOURCE_EXHAUSTED;
            case CANCELLED -> GrpcStatus.CANCELLED;
            case INTERNAL, HYPERVISOR, STORAGE -> GrpcStatus.INTERNAL;
            case UNAVAILABLE -> GrpcStatus.UNAVAILABLE;
            case TIMEOUT -> GrpcStatus.DEADLINE_EXCEEDED;
        };
    }
}
