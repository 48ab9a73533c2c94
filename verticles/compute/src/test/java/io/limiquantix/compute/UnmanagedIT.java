package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.AdoptionApi;
import io.limiquantix.bus.compute.AdoptionApi.AdoptDomain;
import io.limiquantix.bus.compute.AdoptionApi.ReleaseVm;
import io.limiquantix.bus.compute.UnmanagedApi;
import io.limiquantix.bus.compute.UnmanagedApi.ListUnmanaged;
import io.limiquantix.bus.compute.UnmanagedApi.SilentHost;
import io.limiquantix.bus.compute.UnmanagedApi.Unmanaged;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
                                .contains("\"web-1\" exists already: rename one of the two"),
                        item -> assertThat(item.domain().reasons())
                                .singleElement()
                                .asString()
                                .contains("the id of the virtual machine web-1"),
                        item -> assertThat(item.domain().reasons()).isEmpty());
    }

    @Test
    void oneThatIsJustBeingAdoptedOrReleasedIsNotTakenForOneThatSomebodyTamperedWith() {
        Adoptable coming = world.strangers.adoption.domain("coming", "default", List.of());
        world.strangers.domains.add(domain(coming.uuid(), "coming"));
        Map<String, List<String>> reasons = new ConcurrentHashMap<>();
        world.afterEffect = effect -> reasons.put(
                effect, list(world.hostId).items().getFirst().domain().reasons());
        compute.succeeded(compute.plane
                .bus()
                .request(
                        AdoptionApi.ADOPT,
                        new AdoptDomain(world.hostId, coming.uuid(), "here", null, null, Map.of()),
                        TestControlPlane.caller()));
        compute.succeeded(compute.plane
                .bus()
                .request(AdoptionApi.RELEASE, new ReleaseVm(coming.uuid(), null), TestControlPlane.caller()));
        assertThat(reasons.get("take over")).isEqualTo(List.of("It is being adopted as the virtual machine here."));
        assertThat(reasons.get("release domain"))
                .singleElement()
                .asString()
                .contains("still the virtual machine here, which is being released");
        assertThat(list(world.hostId).items().getFirst().domain().reasons()).isEmpty();
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
