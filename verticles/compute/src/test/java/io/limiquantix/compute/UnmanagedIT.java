package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.UnmanagedApi;
import io.limiquantix.bus.compute.UnmanagedApi.ListUnmanaged;
import io.limiquantix.bus.compute.UnmanagedApi.SilentHost;
import io.limiquantix.bus.compute.UnmanagedApi.Unmanaged;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Domains of hosts that are no VMs of ours. */
class UnmanagedIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private Unmanaged list(@Nullable UUID host) {
        return compute.plane.bus().request(UnmanagedApi.LIST, new ListUnmanaged(host), TestControlPlane.caller());
    }

    private static UnmanagedDomain domain(UUID uuid, String name) {
        return new UnmanagedDomain(
                uuid, name, PowerState.RUNNING, 1, 1 << 30, "bios", true, List.of(), List.of(), List.of());
    }

    @Test
    void thoseWhoseNamesOrIdsVmsHaveSaySo() {
        UUID vm = compute.running("web-1").id();
        world.strangers.domains.addAll(
                List.of(domain(vm, "copy"), domain(UUID.randomUUID(), "WEB-1"), domain(UUID.randomUUID(), "other")));
        assertThat(list(world.hostId).items())
                .satisfiesExactly(
                        item -> assertThat(item.domain().reasons())
                                .singleElement()
                                .asString()
                                .contains("already")
                                .contains("WEB-1"),
                        item -> assertThat(item.domain().reasons())
                                .singleElement()
                                .asString()
                                .contains("the id of the virtual machine web-1"),
                        item -> assertThat(item.domain().reasons()).isEmpty());
    }

    @Test
    void aHostThatDoesNotAnswerIsNamedAndOneThatThereIsNotIsMissing() {
        world.refusals.put("list unmanaged", FailureException.of(FailureCode.UNAVAILABLE, "libvirt is away."));
        Unmanaged found = list(null);
        assertThat(found.items()).isEmpty();
        assertThat(found.silent()).containsExactly(new SilentHost(world.hostId, "h1", "libvirt is away."));
        assertThatThrownBy(() -> list(Uuid7.next()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }
}
