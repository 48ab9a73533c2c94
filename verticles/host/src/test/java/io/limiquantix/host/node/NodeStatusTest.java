package io.limiquantix.host.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.vertx.grpc.common.GrpcStatus;
import org.junit.jupiter.api.Test;

class NodeStatusTest {
    @Test
    void neitherUnknownNorTransientLooksLikeARefusal() {
        assertThat(NodeStatus.of(FailureCode.TIMEOUT)).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
        assertThat(NodeStatus.of(FailureCode.UNAVAILABLE)).isEqualTo(GrpcStatus.UNAVAILABLE);
        for (FailureCode code : FailureCode.values()) {
            assertThat(NodeStatus.of(code)).isNotIn(GrpcStatus.OK, GrpcStatus.UNKNOWN);
        }
    }

    @Test
    void theMessageNamesTheFieldOnOneLine() {
        var status = NodeStatus.of(
                FailureException.invalid("size_bytes", "Too\n small.").failure());
        assertThat(status.message()).isEqualTo("size_bytes: Too small.");
        assertThat(NodeStatus.of(Failure.of(FailureCode.CONFLICT, "It is used."))
                        .message())
                .isEqualTo("It is used.");
    }
}
