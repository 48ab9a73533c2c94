package io.limiquantix.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuestAgentsIT {
    private final UUID host = Uuid7.next();
    private final UUID vm = Uuid7.next();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<GuestReport> told = new CopyOnWriteArrayList<>();
    private final TestControlPlane plane = TestControlPlane.start();

    @BeforeEach
    void deploy() {
        plane.bus().serve(DomainApi.ASK_AGENT, host, (q, caller) -> {
            asked.incrementAndGet();
            return new GuestReport(q.vmId(), true, "8.2", "web", "Debian", List.of());
        });
        plane.bus().subscribe(GuestApi.CHANGED, told::add);
        plane.deploy(GuestAgentsVerticle::new);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private GuestReport ask(UUID hostId) {
        return plane.bus().request(GuestApi.ASK, new GuestApi.Ask(vm, hostId), TestControlPlane.caller());
    }

    @Test
    void aGuestThatBeginsToRunIsAskedAndToldOfOnce() {
        var domain = new DomainReport(vm, "d", PowerState.RUNNING, "booted", true, true, null, 1, 1);
        plane.bus().publish(HostApi.DOMAIN_CHANGED, new HostApi.DomainChanged(host, domain));
        Eventually.holds(() -> !told.isEmpty());
        assertThat(ask(host).answered()).isTrue();
        assertThat(ask(host).hostName()).isEqualTo("web");
        assertThat(asked.get()).isGreaterThanOrEqualTo(3);
        assertThat(told).hasSize(1);
    }

    @Test
    void aHostThatIsAwayIsSaidToBe() {
        assertThatThrownBy(() -> ask(Uuid7.next()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
    }
}
