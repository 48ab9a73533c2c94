package io.limiquantix.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.scheduler.SchedulerApi.Reservation;
import io.limiquantix.bus.scheduler.SchedulerApi.Reserve;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerIT {
    private static final long GIB = 1L << 30;

    private TestControlPlane plane = TestControlPlane.start("scheduler");

    @BeforeEach
    void deploy() {
        plane.deploy(SchedulerVerticle::new);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private static HostReport report(UUID id, long process, long sequence, long memory, @Nullable String problem) {
        var able = new HostCapabilities(
                "cpu", "x86_64", 8, memory, List.of(), "9", "8", "6", Accelerator.TCG, "because of the test");
        return new HostReport(
                id,
                "host-" + id.toString().substring(30),
                "0.1.0",
                process,
                sequence,
                able,
                problem,
                memory,
                0.5,
                List.of(),
                List.of(),
                List.of(new NetworkReport("default", true, "nat", "virbr0")),
                null);
    }

    private UUID join(long memory) {
        UUID id = Uuid7.next();
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 1, memory, null));
        Eventually.holds(() -> hosts().stream().anyMatch(host -> host.id().equals(id)));
        return id;
    }

    private List<HostView> hosts() {
        return plane.bus()
                .request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, TestControlPlane.caller())
                .items();
    }

    private HostView host(UUID id) {
        return plane.bus().request(SchedulerApi.GET_HOST, new SchedulerApi.Host(id), TestControlPlane.caller());
    }

    private Reservation reserve(UUID vm, long memory, @Nullable UUID hostId) {
        return plane.bus()
                .request(
                        SchedulerApi.RESERVE,
                        new Reserve(vm, 1, memory, List.of("default"), hostId, null),
                        TestControlPlane.caller());
    }

    @Test
    void aHostJoinsWithItsFirstReportAndIsSeenInTheChanges() {
        UUID id = join(8 * GIB);
        HostView host = host(id);
        assertThat(host.state()).isEqualTo(HostView.State.UP);
        assertThat(host.problem()).isNull();
        assertThat(host.networks()).extracting(NetworkReport::name).containsExactly("default");
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 2, 8 * GIB, null));
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 3, 8 * GIB, "libvirtd is gone"));
        Eventually.holds(() -> "libvirtd is gone".equals(host(id).problem()));
        assertThat(plane.changes()).containsExactly("host CREATED", "host CHANGED");
    }

    @Test
    void anOlderReportIsIgnoredAndANewProcessIsBelieved() {
        UUID id = join(8 * GIB);
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 5, 8 * GIB, "first"));
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 4, 8 * GIB, "too late"));
        plane.bus().publish(HostApi.REPORTED, report(id, 2, 1, 8 * GIB, "second"));
        plane.bus().publish(HostApi.REPORTED, report(id, 1, 9, 8 * GIB, "from the dead"));
        plane.bus().publish(HostApi.REPORTED, report(id, 2, 2, 8 * GIB, "last"));
        Eventually.holds(() -> "last".equals(host(id).problem()));
        assertThat(plane.changes()).containsExactly("host CREATED", "host CHANGED", "host CHANGED", "host CHANGED");
    }

    @Test
    void aSilentHostIsSuspectAndThenDownUnlessItAnswers() {
        UUID quiet = join(8 * GIB);
        UUID answering = join(8 * GIB);
        plane.bus().serve(HostApi.DESCRIBE, answering, (request, caller) -> report(answering, 1, 2, 8 * GIB, null));
        forgetFor(60);
        Eventually.holds(() -> host(quiet).state() == HostView.State.SUSPECT);
        forgetFor(120);
        Eventually.holds(() -> host(quiet).state() == HostView.State.DOWN);
        assertThat(host(quiet).problem()).contains("has not reported");
        assertThat(host(answering).state()).isEqualTo(HostView.State.UP);
        assertThatThrownBy(() -> reserve(Uuid7.next(), GIB, quiet))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_CAPACITY))
                .hasMessageContaining("not up");
        plane.bus().publish(HostApi.REPORTED, report(quiet, 0, 1, 8 * GIB, null));
        Eventually.holds(() -> host(quiet).state() == HostView.State.UP);
    }

    private void forgetFor(int seconds) {
        plane.controlPlane()
                .database()
                .update("update scheduler.hosts set last_seen_at = now() - make_interval(secs => $1)", (double)
                        seconds);
    }

    @Test
    void theSameVmGetsItsFirstAnswerAndGivesItsPlaceBackOnce() {
        UUID id = join(8 * GIB);
        UUID vm = Uuid7.next();
        Reservation first = reserve(vm, 2 * GIB, null);
        assertThat(first.hostId()).isEqualTo(id);
        assertThat(reserve(vm, 2 * GIB, null)).isEqualTo(first);
        assertThat(host(id).reservedMemoryBytes()).isEqualTo(2 * GIB);
        assertThat(host(id).vmCount()).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            plane.bus().request(SchedulerApi.RELEASE, new SchedulerApi.Release(vm), TestControlPlane.caller());
        }
        assertThat(host(id).reservedMemoryBytes()).isZero();
        assertThat(plane.changes()).containsExactly("host CREATED", "host CHANGED", "host CHANGED");
    }

    @Test
    void placesAreToldInOrderOnceTheyWereHeldForLongEnough() {
        join(8 * GIB);
        List<UUID> vms = Stream.generate(Uuid7::next)
                .limit(3)
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
        vms.forEach(vm -> reserve(vm, GIB, null));
        assertThat(placed(0, null)).containsExactlyElementsOf(vms);
        assertThat(placed(0, vms.getFirst())).containsExactlyElementsOf(vms.subList(1, 3));
        assertThat(placed(600, null)).isEmpty();
    }

    private List<UUID> placed(long heldSeconds, @Nullable UUID after) {
        return plane.bus()
                .request(
                        SchedulerApi.LIST_PLACED,
                        new SchedulerApi.ListPlaced(heldSeconds, after),
                        TestControlPlane.caller())
                .vmIds();
    }

    @Test
    void manyAtOnceNeverTakeMoreThanThereIs() throws InterruptedException {
        List<UUID> ids = List.of(join(8 * GIB), join(4 * GIB), join(16 * GIB));
        List<Future<Reservation>> asked = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                asked.add(askers.submit(() -> reserve(Uuid7.next(), GIB, null)));
            }
        }
        int placed = 0;
        for (Future<Reservation> one : asked) {
            placed += wasPlaced(one) ? 1 : 0;
        }
        // 5 % of each stays with the host: 7 + 3 + 15 whole GiB.
        assertThat(placed).isEqualTo(25);
        assertThat(ids.stream().map(id -> host(id).reservedMemoryBytes() / GIB)).containsExactly(7L, 3L, 15L);
    }

    private static boolean wasPlaced(Future<Reservation> answer) throws InterruptedException {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(FailureException.class, failure -> assertThat(failure.code())
                            .isEqualTo(FailureCode.NO_CAPACITY));
            return false;
        }
    }

    @Test
    void onlyCandidatesAreChosen() {
        UUID small = join(4 * GIB);
        join(16 * GIB);
        var wish = new Reserve(Uuid7.next(), 1, GIB, List.of("default"), null, new HostSet(List.of(small)));
        Reservation place = plane.bus().request(SchedulerApi.RESERVE, wish, TestControlPlane.caller());
        assertThat(place.hostId()).isEqualTo(small);
    }

    @Test
    void aVmThatGrowsGetsWhatItsHostHasLeftAndGivesBackWhatItNeedsNoMore() {
        UUID id = join(8 * GIB);
        UUID vm = Uuid7.next();
        reserve(vm, GIB, null);
        reserve(Uuid7.next(), GIB, null);
        resize(vm, 3, 3 * GIB);
        resize(vm, 3, 3 * GIB);
        assertThat(host(id).reservedMemoryBytes()).isEqualTo(4 * GIB);
        assertThat(host(id).reservedVcpus()).isEqualTo(4);
        refusedForRoom(vm, 3, 64 * GIB, "GiB of memory left for VMs");
        refusedForRoom(vm, 4_000, 3 * GIB, "vCPUs left for VMs");
        assertThat(host(id).reservedMemoryBytes()).isEqualTo(4 * GIB);
        resize(vm, 1, GIB);
        assertThat(host(id).reservedMemoryBytes()).isEqualTo(2 * GIB);
        assertThat(host(id).reservedVcpus()).isEqualTo(2);
        assertThatThrownBy(() -> resize(Uuid7.next(), 1, GIB))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void aVmOnItsWayHasRoomOnBothHostsUntilItIsKnownWhereItEnds() {
        UUID one = join(32 * GIB);
        UUID two = join(4 * GIB);
        UUID vm = Uuid7.next();
        reserve(vm, 3 * GIB, one);
        for (boolean arrived : List.of(false, true)) {
            arrive(vm, two);
            arrive(vm, two);
            assertThat(host(one).reservedMemoryBytes()).isEqualTo(3 * GIB);
            assertThat(host(two).reservedMemoryBytes()).isEqualTo(3 * GIB);
            assertThat(host(two).vmCount()).isZero();
            assertThatThrownBy(() -> reserve(Uuid7.next(), 3 * GIB, two)).hasMessageContaining("GiB");
            endArrival(vm, two, arrived);
            endArrival(vm, two, !arrived);
        }
        assertThat(host(one).reservedMemoryBytes()).isZero();
        assertThat(host(two).reservedMemoryBytes()).isEqualTo(3 * GIB);
        assertThat(host(two).vmCount()).isEqualTo(1);
        plane.bus().request(SchedulerApi.RELEASE, new SchedulerApi.Release(vm), TestControlPlane.caller());
        assertThat(host(two).reservedMemoryBytes()).isZero();
    }

    private void arrive(UUID vm, UUID host) {
        plane.bus()
                .request(
                        SchedulerApi.RESERVE_ARRIVAL,
                        new SchedulerApi.ReserveArrival(vm, host, List.of()),
                        TestControlPlane.caller());
    }

    private void endArrival(UUID vm, UUID host, boolean arrived) {
        plane.bus()
                .request(
                        SchedulerApi.END_ARRIVAL,
                        new SchedulerApi.EndArrival(vm, host, arrived),
                        TestControlPlane.caller());
    }

    private void resize(UUID vm, int vcpus, long memory) {
        plane.bus().request(SchedulerApi.RESIZE, new SchedulerApi.Resize(vm, vcpus, memory), TestControlPlane.caller());
    }

    private void refusedForRoom(UUID vm, int vcpus, long memory, String words) {
        assertThatThrownBy(() -> resize(vm, vcpus, memory)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.NO_CAPACITY);
            assertThat(e).hasMessageContaining(words);
        });
    }
}
