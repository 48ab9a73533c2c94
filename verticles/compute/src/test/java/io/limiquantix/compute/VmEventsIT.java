package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmEventApi;
import io.limiquantix.bus.compute.VmEventView;
import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of what happened to VMs without a task. */
class VmEventsIT {
    private final World world = new World();
    private final DatabaseAddress address = ComputeProcess.database();
    private final ComputeProcess compute = ComputeProcess.start(world, address, TaskObserver.NONE);

    @AfterEach
    void stop() {
        compute.close();
    }

    private static Past everything(UUID vm) {
        return new Past(vm, List.of(), null, null, null, null, 500);
    }

    /** Also of a VM that was deleted. */
    private static Caller administrator() {
        return Caller.of(new Actor("root", Uuid7.next(), true), Duration.ofSeconds(20));
    }

    private static List<VmEventView> events(ComputeProcess process, UUID vm) {
        return process.plane
                .bus()
                .request(VmEventApi.LIST, everything(vm), administrator())
                .items();
    }

    /** Oldest first. */
    private List<Kind> kinds(UUID vm) {
        return events(compute, vm).reversed().stream().map(VmEventView::kind).toList();
    }

    private void become(UUID vm, PowerState state, String reason) {
        world.become(vm, state, reason);
        Eventually.get(() -> compute.vm(vm), now -> now.stateReason().equals(reason));
    }

    private void crash(UUID vm) {
        world.become(vm, PowerState.STOPPED, "crashed");
        compute.eventually(vm, PowerState.CRASHED);
    }

    @Test
    void aCrashIsToldOnceHoweverOftenItIsReportedAndToHowManyControlPlanes() {
        UUID vm = compute.running("web-1").id();
        try (ComputeProcess other = ComputeProcess.start(world, address, TaskObserver.NONE)) {
            crash(vm);
            for (int i = 0; i < 10; i++) {
                world.publish(world.report(vm, "crashed"));
            }
            // The last of what was said so far is heard before this is seen.
            world.become(vm, PowerState.RUNNING, "booted");
            other.eventually(vm, PowerState.RUNNING);
            assertThat(kinds(vm)).containsExactly(Kind.CRASHED, Kind.STARTED);
            VmEventView crash = events(other, vm).getLast();
            assertThat(crash.vmName()).isEqualTo("web-1");
            assertThat(crash.stateBefore()).isEqualTo(PowerState.RUNNING);
            assertThat(crash.text()).contains("ended unexpectedly", "crashed");
        }
    }

    @Test
    void whatHappenedWhileNoControlPlaneWasThereIsToldOnceByTheNext() {
        DatabaseAddress elsewhere = ComputeProcess.database();
        UUID vm;
        try (ComputeProcess first = ComputeProcess.start(world, elsewhere, TaskObserver.NONE)) {
            vm = first.running("web-1").id();
        }
        world.domains.replace(vm, PowerState.STOPPED);
        try (ComputeProcess second = ComputeProcess.start(world, elsewhere, TaskObserver.NONE)) {
            world.publish(world.report(vm, "crashed"));
            second.eventually(vm, PowerState.CRASHED);
        }
        try (ComputeProcess third = ComputeProcess.start(world, elsewhere, TaskObserver.NONE)) {
            world.publish(world.report(vm, "crashed"));
            world.publish(world.report(vm, "failed"));
            Eventually.get(() -> third.vm(vm), now -> now.stateReason().equals("failed"));
            assertThat(events(third, vm)).extracting(VmEventView::kind).containsExactly(Kind.CRASHED);
        }
    }

    @Test
    void whatATaskDoesIsNoEvent() {
        UUID vm = compute.running("web-1").id();
        for (PowerAction action : List.of(
                PowerAction.PAUSE,
                PowerAction.RESUME,
                PowerAction.SHUT_DOWN,
                PowerAction.START,
                PowerAction.REBOOT,
                PowerAction.SUSPEND,
                PowerAction.DISCARD_STATE,
                PowerAction.START,
                PowerAction.FORCE_STOP)) {
            compute.succeeded(compute.power(vm, action));
            world.publish(world.report(vm, "seen " + action));
            Eventually.get(() -> compute.vm(vm), now -> now.stateReason().equals("seen " + action));
        }
        compute.succeeded(compute.delete(vm, false, false));
        assertThat(kinds(vm)).isEmpty();
    }

    @Test
    void goingOnFromTheMemoryOfASnapshotIsNoEvent() {
        UUID vm = compute.running("web-1").id();
        Bus bus = compute.plane.bus();
        var wish = new SnapshotApi.CreateSnapshot(vm, "one", "", false, true);
        compute.succeeded(bus.request(SnapshotApi.CREATE, wish, TestControlPlane.caller()));
        UUID snapshot = bus.request(SnapshotApi.LIST, new ComputeApi.Vm(vm), TestControlPlane.caller())
                .items()
                .getLast()
                .id();
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        var back = new SnapshotApi.RevertVm(vm, snapshot, null);
        compute.succeeded(bus.request(SnapshotApi.REVERT, back, TestControlPlane.caller()));
        compute.eventually(vm, PowerState.RUNNING);
        assertThat(kinds(vm)).isEmpty();
    }

    @Test
    void anEndThatIsHeardOfOnlyAfterItsTaskIsNoEvent() {
        UUID vm = compute.running("web-1").id();
        // As of an earlier process of the host, which is not believed.
        world.remembered = world.report(vm, "old");
        compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.RUNNING);
        become(vm, PowerState.STOPPED, "destroyed");
        assertThat(kinds(vm)).isEmpty();
        become(vm, PowerState.RUNNING, "booted");
        become(vm, PowerState.STOPPED, "destroyed");
        assertThat(kinds(vm)).as("one task explains one end").containsExactly(Kind.STARTED, Kind.STOPPED_OUTSIDE);
    }

    @Test
    void whoEndedItIsToldApart() {
        UUID vm = compute.running("web-1").id();
        become(vm, PowerState.STOPPED, "shutdown");
        compute.succeeded(compute.power(vm, PowerAction.START));
        become(vm, PowerState.STOPPED, "destroyed");
        compute.succeeded(compute.power(vm, PowerAction.START));
        world.guestsObey = false;
        compute.failed(compute.power(vm, PowerAction.SHUT_DOWN));
        become(vm, PowerState.STOPPED, "shutdown");
        assertThat(kinds(vm)).containsExactly(Kind.STOPPED_INSIDE, Kind.STOPPED_OUTSIDE, Kind.STOPPED_AS_ASKED);
    }

    @Test
    void aGuestThatIsPausedBecauseOfItsDisksSaysSo() {
        UUID vm = compute.running("web-1").id();
        become(vm, PowerState.PAUSED, "I/O error");
        become(vm, PowerState.RUNNING, "unpaused");
        become(vm, PowerState.PAUSED, "taking snapshot");
        become(vm, PowerState.RUNNING, "from snapshot");
        assertThat(kinds(vm)).containsExactly(Kind.PAUSED_BY_IO_ERROR, Kind.RESUMED);
        assertThat(events(compute, vm).getLast().text()).contains("could not be read or written");
    }

    @Test
    void aVmOfWhichNothingIsKnownIsFoundAgainAsItIs() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything("libvirtd does not answer");
        compute.eventually(vm, PowerState.UNKNOWN);
        world.publishEverything("libvirtd is still away");
        Eventually.get(
                () -> compute.vm(vm), now -> String.valueOf(now.problem()).contains("is still away"));
        crash(vm);
        assertThat(kinds(vm)).containsExactly(Kind.BECAME_UNKNOWN, Kind.FOUND_AGAIN, Kind.CRASHED);
        world.publishEverything("libvirtd does not answer");
        compute.eventually(vm, PowerState.UNKNOWN);
        crash(vm);
        assertThat(kinds(vm)).endsWith(Kind.CRASHED, Kind.BECAME_UNKNOWN, Kind.FOUND_AGAIN);
        assertThat(events(compute, vm).getFirst().text()).contains("It is crashed, as before");
    }

    @Test
    void aDomainThatVanishesAndComesBackIsTold() {
        UUID vm = compute.running("web-1").id();
        world.domains.remove(vm);
        world.publishEverything(null);
        Eventually.get(() -> compute.vm(vm), now -> now.phase() == Phase.LOST);
        world.domains.put(vm, PowerState.STOPPED);
        world.publishEverything(null);
        Eventually.get(() -> compute.vm(vm), now -> now.phase() == Phase.READY);
        assertThat(kinds(vm)).containsExactly(Kind.VANISHED, Kind.FOUND_AGAIN);
        assertThat(events(compute, vm).getFirst().text()).contains("It is stopped; before, it was running.");
    }

    @Test
    void aGuestThatCrashesAgainAndAgainIsCounted() {
        UUID vm = compute.running("web-1").id();
        int crashes = VmEventStore.HOURLY;
        for (int i = 0; i < crashes; i++) {
            crash(vm);
            become(vm, PowerState.RUNNING, "booted");
        }
        List<VmEventView> kept = events(compute, vm);
        assertThat(kept).hasSize(VmEventStore.HOURLY);
        assertThat(kept.stream()
                        .filter(event -> event.kind() == Kind.CRASHED)
                        .mapToLong(VmEventView::times)
                        .sum())
                .isEqualTo(crashes);
        assertThat(kept.get(1).times()).isEqualTo(crashes - VmEventStore.HOURLY / 2 + 1);
        assertThat(kept.get(1).lastAt()).isNotNull();
        become(vm, PowerState.PAUSED, "I/O error");
        assertThat(kinds(vm)).as("what is new is told all the same").endsWith(Kind.PAUSED_BY_IO_ERROR);
    }

    @Test
    void whatIsOldOrTooMuchIsForgotten() {
        UUID vm = compute.running("web-1").id();
        crash(vm);
        var database = compute.plane.controlPlane().database();
        database.update("update compute.vm_events set at = now() - interval '3 days'");
        database.update("insert into compute.vm_events (vm_id, vm_name, kind, state_before, state, reason, text)"
                + " select '" + vm + "', 'web-1', 'PAUSED', 'RUNNING', 'PAUSED', 'user', n::text"
                + " from generate_series(1, " + (VmEventStore.KEPT + 7) + ") as n");
        var events = new VmEvents(
                database, new VmStore(), compute.plane.controlPlane().tasks(), Duration.ofDays(2));
        events.sweep();
        List<String> texts = database.query(
                "select text from compute.vm_events where vm_id = $1 order by id", row -> row.text("text"), vm);
        assertThat(texts).hasSize(VmEventStore.KEPT).startsWith("8").endsWith(String.valueOf(VmEventStore.KEPT + 7));
    }

    @Test
    void whatHappenedToADeletedVmIsReadByAdministratorsOnly() {
        UUID vm = compute.running("web-1").id();
        crash(vm);
        compute.succeeded(compute.delete(vm, false, false));
        Actor user = new Actor("bob", Uuid7.next());
        var kept = compute.plane.bus().request(VmEventApi.LIST, everything(vm), administrator());
        assertThat(kept.vmExists()).isFalse();
        assertThat(kept.items()).extracting(VmEventView::kind).containsExactly(Kind.CRASHED);
        assertThatThrownBy(() -> compute.plane
                        .bus()
                        .request(VmEventApi.LIST, everything(vm), Caller.of(user, Duration.ofSeconds(20))))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void partsOfItAreFoundByKindAndTime() {
        UUID vm = compute.running("web-1").id();
        crash(vm);
        become(vm, PowerState.RUNNING, "booted");
        List<VmEventView> all = events(compute, vm);
        assertThat(asked(new Past(vm, List.of("CRASHED"), null, null, null, null, 9)))
                .containsExactly(all.getLast());
        assertThat(asked(new Past(vm, List.of(), "admin", null, null, null, 9)))
                .as("events are nobody's")
                .isEmpty();
        Instant started = all.getFirst().at();
        assertThat(asked(new Past(vm, List.of(), null, started, null, null, 9))).containsExactly(all.getFirst());
        assertThat(asked(new Past(vm, List.of(), null, null, started, null, 9))).containsExactly(all.getLast());
        var place = new Past.Before(started, String.valueOf(all.getFirst().id()));
        assertThat(asked(new Past(vm, List.of(), null, null, null, place, 9))).containsExactly(all.getLast());
    }

    private List<VmEventView> asked(Past past) {
        return compute.plane
                .bus()
                .request(VmEventApi.LIST, past, TestControlPlane.caller())
                .items();
    }
}
