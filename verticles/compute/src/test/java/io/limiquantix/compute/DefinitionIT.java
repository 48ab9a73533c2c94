package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions of VMs are those that their hosts have. */
class DefinitionIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private DomainApi.Definition read(UUID vm) {
        return compute.plane
                .bus()
                .request(ComputeApi.READ_DEFINITION, new ComputeApi.Vm(vm), TestControlPlane.caller());
    }

    private void refused(UUID vm, FailureCode code, String sentence) {
        assertThatThrownBy(() -> read(vm))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    @Test
    void isReadAtTheHostWhetherTheVmRunsOrNot() {
        UUID vm = compute.running("web-1").id();
        assertThat(read(vm)).isEqualTo(new DomainApi.Definition("<live/>", "<defined/>", Instant.EPOCH));
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        assertThat(read(vm)).isEqualTo(new DomainApi.Definition(null, "<defined/>", Instant.EPOCH));
    }

    @Test
    void aVmWithoutADomainSaysWhy() {
        Semaphore goOn = new Semaphore(0);
        Semaphore reserved = new Semaphore(0);
        world.afterEffect = effect -> {
            if (effect.equals("reserve")) {
                reserved.release();
                goOn.acquireUninterruptibly();
            }
        };
        TaskRef creation = compute.create("web-1");
        reserved.acquireUninterruptibly();
        refused(creation.targetId(), FailureCode.CONFLICT, "web-1 is being created");
        goOn.release();
        compute.succeeded(creation);
        world.domains.remove(creation.targetId());
        refused(creation.targetId(), FailureCode.CONFLICT, "web-1 has no domain");
        refused(Uuid7.next(), FailureCode.NOT_FOUND, "There is no");
    }
}
