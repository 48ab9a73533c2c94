package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    @Test
    void theStateFollowsItsHostWithinTwoSeconds() {
        UUID vm = compute.running("web-1").id();
        world.become(vm, PowerState.STOPPED, "destroyed");
        VmView seen = Eventually.get(
                Duration.ofSeconds(2), () -> compute.vm(vm), now -> now.powerState() == PowerState.STOPPED);
        assertThat(seen.stateReason()).isEqualTo("destroyed");
    }

    @Test
    void aCrashIsCalledOne() {
        UUID vm = compute.running("web-1").id();
        world.become(vm, PowerState.STOPPED, "crashed");
        VmView seen = compute.eventually(vm, PowerState.CRASHED);
        assertThat(seen.problem()).contains("ended unexpectedly (crashed)");
        world.become(vm, PowerState.RUNNING, "booted");
        assertThat(compute.eventually(vm, PowerState.RUNNING).problem()).isNull();
    }

    @Test
    void anOlderReportChangesNothing() {
        UUID vm = compute.running("web-1").id();
        int before = compute.plane.changes().size();
        DomainReport old = world.report(vm, "old");
        world.become(vm, PowerState.PAUSED, "user");
        compute.eventually(vm, PowerState.PAUSED);
        world.publish(old);
        world.become(vm, PowerState.STOPPED, "destroyed");
        compute.eventually(vm, PowerState.STOPPED);
        assertThat(compute.plane.changes()).hasSize(before + 2);
    }

    @Test
    void whatSaysNothingNewIsNotNoted() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        int before = compute.plane.changes().size();
        world.publishEverything(null);
        world.publishEverything(null);
        world.become(vm, PowerState.STOPPED, "destroyed");
        compute.eventually(vm, PowerState.STOPPED);
        assertThat(compute.plane.changes()).hasSize(before + 1);
    }

    @Test
    void aDomainThatIsGoneIsLostAndFoundWhenItComesBack() {
        UUID vm = compute.running("web-1").id();
        world.domains.remove(vm);
        world.publishEverything(null);
        VmView lost = Eventually.get(() -> compute.vm(vm), now -> now.phase() == VmView.Phase.LOST);
        assertThat(lost.problem()).contains("gone from its host");
        assertThat(world.effects.stream().filter("define"::equals)).hasSize(1);
        world.domains.put(vm, PowerState.STOPPED);
        world.publishEverything(null);
        VmView back = Eventually.get(() -> compute.vm(vm), now -> now.phase() == VmView.Phase.READY);
        assertThat(back.powerState()).isEqualTo(PowerState.STOPPED);
        assertThat(back.problem()).isNull();
    }

    @Test
    void aReportThatIsAMomentTooOldLosesNothing() {
        UUID vm = compute.running("web-1").id();
        var without = world.everything(null);
        var empty = new HostReport(
                without.hostId(),
                without.name(),
                without.version(),
                without.processStart(),
                without.sequence(),
                without.capabilities(),
                null,
                0,
                0,
                List.of(),
                List.of(),
                without.networks(),
                null);
        compute.plane.bus().publish(HostApi.REPORTED, empty);
        world.become(vm, PowerState.PAUSED, "user");
        assertThat(compute.eventually(vm, PowerState.PAUSED).phase()).isEqualTo(VmView.Phase.READY);
    }

    @Test
    void whileTheHypervisorIsAwayNothingIsCalledStopped() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything("libvirtd does not answer");
        VmView seen = compute.eventually(vm, PowerState.UNKNOWN);
        assertThat(seen.problem()).contains("libvirtd does not answer");
        assertThat(seen.phase()).isEqualTo(VmView.Phase.READY);
        world.publishEverything(null);
        assertThat(compute.eventually(vm, PowerState.RUNNING).problem()).isNull();
    }

    @Test
    void aHostThatFallsSilentIsAskedAndThenItsVmsAreUnknown() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        compute.plane
                .controlPlane()
                .database()
                .update("update compute.sightings set seen_at = now() - interval '2 minutes'");
        VmView seen = compute.eventually(vm, PowerState.UNKNOWN);
        assertThat(seen.problem()).contains("has not reported", "may still be running");
        world.publishEverything(null);
        assertThat(compute.eventually(vm, PowerState.RUNNING).problem()).isNull();
    }

    @Test
    void aHostThatComesBackWithItsClockSetBackIsBelieved() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        world.restart(500);
        compute.plane
                .controlPlane()
                .database()
                .update("update compute.sightings set seen_at = now() - interval '2 minutes'");
        world.domains.put(vm, PowerState.PAUSED);
        world.publishEverything(null);
        compute.eventually(vm, PowerState.PAUSED);
        world.become(vm, PowerState.STOPPED, "destroyed");
        assertThat(compute.eventually(vm, PowerState.STOPPED).stateReason()).isEqualTo("destroyed");
    }

    @Test
    void aLateReportOfAHostThatWasSilentUndoesNoNewerEvent() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        HostReport late = world.everything(null);
        world.become(vm, PowerState.PAUSED, "user");
        compute.eventually(vm, PowerState.PAUSED);
        compute.plane
                .controlPlane()
                .database()
                .update("update compute.sightings set seen_at = now() - interval '2 minutes'");
        var database = compute.plane.controlPlane().database();
        var events = new VmEvents(
                database, new VmStore(), compute.plane.controlPlane().tasks(), Duration.ofDays(1));
        assertThat(new Reconciler(database, new VmStore(), new Sightings(), events).accept(late, (tx, report) -> {}))
                .isEmpty();
        assertThat(compute.vm(vm).powerState()).isEqualTo(PowerState.PAUSED);
    }

    @Test
    void anAnswerThatTheHostRemembersFromItsEarlierProcessChangesNothing() {
        UUID vm = compute.running("web-1").id();
        for (int i = 0; i < 100; i++) {
            world.report(vm, "");
        }
        world.remembered = world.report(vm, "paused");
        world.restart(2_000);
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        compute.succeeded(compute.power(vm, PowerAction.PAUSE));
        world.become(vm, PowerState.STOPPED, "destroyed");
        assertThat(compute.eventually(vm, PowerState.STOPPED).stateReason()).isEqualTo("destroyed");
    }

    @Test
    void aLateHostThatAnswersIsNotCalledSilent() {
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        world.describesItself = true;
        world.domains.put(vm, PowerState.PAUSED);
        compute.plane
                .controlPlane()
                .database()
                .update("update compute.sightings set seen_at = now() - interval '2 minutes'");
        assertThat(compute.eventually(vm, PowerState.PAUSED).problem()).isNull();
    }

    @Test
    void aDomainOfNobodyIsLeftAlone() {
        world.domains.put(Uuid7.next(), PowerState.RUNNING);
        UUID vm = compute.running("web-1").id();
        world.publishEverything(null);
        Eventually.holds(() -> compute.vm(vm).stateReason().equals("listed"));
        assertThat(world.domains).hasSize(2);
        assertThat(compute.all()).hasSize(1);
    }

    @Test
    void whatIsKnownOfAGuestEndsWithItsRun() {
        UUID vm = compute.running("web-1").id();
        compute.plane.bus().publish(GuestApi.CHANGED, world.guest(vm));
        Eventually.holds(() -> compute.vm(vm).guest() != null);
        int before = compute.plane.changes().size();
        compute.plane.bus().publish(GuestApi.CHANGED, world.guest(vm));
        world.become(vm, PowerState.STOPPED, "shutdown");
        assertThat(compute.eventually(vm, PowerState.STOPPED).guest()).isNull();
        assertThat(compute.plane.changes()).hasSize(before + 1);
    }
}
