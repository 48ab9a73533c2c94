package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Definitions of VMs, for whoever sees them. */
class VmDefinitionIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final UUID RUNNING = Uuid7.next();
    private static final UUID OFF = Uuid7.next();
    private static final UUID SILENT = Uuid7.next();

    static {
        GATEWAY.bus().serve(ComputeApi.READ_DEFINITION, (request, caller) -> {
            if (request.vmId().equals(SILENT)) {
                throw FailureException.of(FailureCode.UNAVAILABLE, "Nobody answers there now.");
            }
            String live = request.vmId().equals(RUNNING) ? "<domain id='1'/>" : null;
            return new DomainApi.Definition(live, "<domain/>", Instant.EPOCH);
        });
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static ApiClient.Reply read(ApiClient client, UUID vm) {
        return client.get("/vms/" + vm + "/definition");
    }

    @Test
    void bothAreThereWhileTheVmRunsAndOneWhileItIsOff() {
        ApiClient.Reply running = read(CLIENT, RUNNING);
        assertThat(running.status()).isEqualTo(200);
        assertThat(running.body().path("live").asText()).isEqualTo("<domain id='1'/>");
        assertThat(running.body().path("defined").asText()).isEqualTo("<domain/>");
        assertThat(running.body().path("readAt").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(read(CLIENT, OFF).body().has("live")).isFalse();
    }

    @Test
    void whyThereIsNoneIsSaid() {
        ApiClient.Reply reply = read(CLIENT, SILENT);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body().path("detail").asText()).isEqualTo("Nobody answers there now.");
    }

    @Test
    void whoIsNotLoggedInReadsNone() {
        assertThat(read(GATEWAY.client(), RUNNING).status()).isEqualTo(401);
    }
}
