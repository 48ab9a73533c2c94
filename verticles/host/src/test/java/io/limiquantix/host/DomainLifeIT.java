package io.limiquantix.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a domain with the libvirtd and QEMU of this machine and a real, tiny guest. */
class DomainLifeIT {
    private final TestHost host;

    DomainLifeIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void describesItself() {
        Eventually.holds(() -> host.reports().stream().anyMatch(r -> r.capabilities() != null));
        HostReport report = host.ask(HostApi.DESCRIBE, Nothing.NOTHING);
        assertThat(report.hypervisorProblem()).isNull();
        assertThat(report.capabilities()).satisfies(c -> {
            assertThat(c.accelerator()).isEqualTo(Accelerator.TCG);
            assertThat(c.cpuCores()).isPositive();
            assertThat(c.numaCells()).isNotEmpty();
            assertThat(c.qemuVersion()).matches("\\d+\\.\\d+\\.\\d+");
        });
        assertThat(report.networks()).anyMatch(n -> n.name().equals("default") && n.active());
        assertThat(report.pools()).hasSize(1).allMatch(p -> p.usable() && p.freeBytes() > 0);
        assertThat(report.memoryFreeBytes()).isPositive();
        assertThat(report.bootId()).matches("[0-9a-f-]{36}");
    }

    @Test
    void livesItsLifeAndEachStepTwice() {
        UUID vm = host.tinyVm("life-" + UUID.randomUUID().toString().substring(0, 8));
        twice(() -> assertThat(host.power(DomainApi.START, vm).state()).isEqualTo(PowerState.RUNNING));
        twice(() -> assertThat(host.power(DomainApi.PAUSE, vm).state()).isEqualTo(PowerState.PAUSED));
        refused(FailureCode.CONFLICT, () -> host.power(DomainApi.SHUT_DOWN, vm));
        twice(() -> assertThat(host.power(DomainApi.RESUME, vm).state()).isEqualTo(PowerState.RUNNING));
        twice(() -> assertThat(host.power(DomainApi.RESET, vm).state()).isEqualTo(PowerState.RUNNING));
        twice(() -> assertThat(host.power(DomainApi.FORCE_STOP, vm).state()).isEqualTo(PowerState.STOPPED));
        assertThat(host.power(DomainApi.GET, vm).reason()).isEqualTo("destroyed");
        refused(FailureCode.CONFLICT, () -> host.power(DomainApi.RESUME, vm));
        refused(FailureCode.CONFLICT, () -> host.power(DomainApi.PAUSE, vm));
        twice(() -> assertThat(host.power(DomainApi.UNDEFINE, vm).defined()).isFalse());
        assertThat(host.power(DomainApi.GET, vm).defined()).isFalse();
        refused(FailureCode.NOT_FOUND, () -> host.power(DomainApi.START, vm));
    }

    @Test
    void tellsWithinTwoSecondsWhatVirshDid() {
        UUID vm = host.tinyVm("virsh-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        virsh("destroy", vm.toString());
        DomainReport report = requireNonNull(Eventually.get(
                Duration.ofSeconds(2), () -> host.lastChange(vm), r -> r != null && r.state() == PowerState.STOPPED));
        assertThat(report.reason()).isEqualTo("destroyed");
        virsh("start", vm.toString());
        host.awaitState(vm, PowerState.RUNNING);
        virsh("destroy", vm.toString());
        virsh("undefine", vm.toString());
        Eventually.get(Duration.ofSeconds(2), () -> host.lastChange(vm), r -> r != null && !r.defined());
    }

    @Test
    void talksWithTheGuestAndShutsItDown() {
        UUID vm = host.tinyVm("agent-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        Eventually.get(() -> host.lastChange(vm), r -> r != null && r.agentConnected());
        GuestReport guest = Eventually.get(
                () -> host.ask(DomainApi.ASK_AGENT, new DomainApi.Domain(vm)),
                g -> g.answered() && !g.addresses().isEmpty());
        assertThat(guest.hostName()).isEqualTo("tiny");
        assertThat(guest.addresses()).anyMatch(a -> a.source().equals("agent") && a.ip().startsWith("192.168."));
        DomainReport asked = host.power(DomainApi.SHUT_DOWN, vm);
        assertThat(asked.state()).isIn(PowerState.STOPPING, PowerState.STOPPED);
        host.awaitState(vm, PowerState.STOPPED);
        assertThat(host.ask(DomainApi.GET, new DomainApi.Domain(vm)).reason()).isEqualTo("shutdown");
    }

    @Test
    void mayPressThePowerButtonUntilTheGuestHasEnded() {
        UUID vm = host.tinyVm("pressed-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        Eventually.get(() -> host.lastChange(vm), r -> r != null && r.agentConnected());
        try (LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            connection.start();
            connection.awaitFirst(Duration.ofSeconds(30));
            Domains domains = new Domains(connection);
            Instant deadline = soon();
            while (host.ask(DomainApi.GET, new DomainApi.Domain(vm)).state() != PowerState.STOPPED) {
                // Many times, as the moment between the guest's end and that of its process is short.
                for (int i = 0; i < 20; i++) {
                    domains.shutDown(vm, deadline);
                }
            }
        }
    }

    @Test
    void waitsForNoGuestToEnd() {
        UUID vm = host.tinyVm("stays-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        try (LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            connection.start();
            connection.awaitFirst(Duration.ofSeconds(30));
            GuestAgent agent = new GuestAgent(connection);
            Eventually.holds(() -> agent.answers(vm, soon()));
            new GuestShell(vm).run("echo '#!/bin/sh' > $(which shutdown)");
            assertThat(agent.end(vm, GuestAgent.Ending.REBOOT, soon())).isTrue();
            assertThat(agent.end(vm, GuestAgent.Ending.SHUT_DOWN, soon())).isTrue();
            assertThat(agent.answers(vm, soon())).isTrue();
        }
        Caller caller = TestHost.caller();
        DomainReport rebooting = host.ask(DomainApi.REBOOT, new DomainApi.Domain(vm), caller);
        assertThat(host.ask(DomainApi.REBOOT, new DomainApi.Domain(vm), caller)).isEqualTo(rebooting);
        host.power(DomainApi.FORCE_STOP, vm);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(20);
    }

    @Test
    void growsADiskUnderTheRunningGuest() {
        UUID vm = host.newVm();
        VolumeReport volume = host.volume(host.tinyImage());
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(host.spec("grow-" + vm.toString().substring(24), vm, volume, null)));
        host.power(DomainApi.START, vm);
        var grow = new HostStorageApi.ResizeVolume(host.poolId(), volume.volumeId(), 2L << 30);
        assertThat(host.ask(HostStorageApi.RESIZE_VOLUME, grow).sizeBytes()).isEqualTo(2L << 30);
        assertThat(host.ask(HostStorageApi.RESIZE_VOLUME, grow).sizeBytes()).isEqualTo(2L << 30);
        var shrink = new HostStorageApi.ResizeVolume(host.poolId(), volume.volumeId(), 1L << 30);
        refused(FailureCode.INVALID, () -> host.ask(HostStorageApi.RESIZE_VOLUME, shrink));
        var name = new HostStorageApi.DeleteVolume(host.poolId(), volume.volumeId(), true);
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.DELETE_VOLUME, name));
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.DELETE_VOLUME, name);
        host.ask(HostStorageApi.DELETE_VOLUME, name);
    }

    @Test
    void answersARepeatedOperationFromItsJournal() {
        UUID vm = host.tinyVm("again-" + UUID.randomUUID().toString().substring(0, 8));
        Caller caller = TestHost.caller();
        DomainReport first = host.ask(DomainApi.START, new DomainApi.Domain(vm), caller);
        host.power(DomainApi.FORCE_STOP, vm);
        DomainReport again = host.ask(DomainApi.START, new DomainApi.Domain(vm), caller);
        assertThat(again).isEqualTo(first);
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.STOPPED);
    }

    @Test
    void refusesDisksThatAreNotItsVolumes() {
        UUID vm = host.newVm();
        VolumeReport volume = host.volume(null);
        DomainSpec good = host.spec("bad", vm, volume, null);
        DomainSpec foreign = new DomainSpec(
                vm,
                good.name(),
                "",
                good.digest(),
                1,
                good.memoryBytes(),
                List.of(new DomainSpec.Disk(volume.volumeId(), host.poolId(), "/etc/shadow", "raw")),
                List.of(),
                null);
        refused(FailureCode.INVALID, () -> host.ask(DomainApi.DEFINE, new DomainApi.Define(foreign)));
        DomainSpec seed = host.spec("bad", vm, volume, "/etc/shadow");
        refused(FailureCode.INVALID, () -> host.ask(DomainApi.DEFINE, new DomainApi.Define(seed)));
        DomainSpec injected = host.spec("x</name><disk", vm, volume, null);
        refused(FailureCode.INVALID, () -> host.ask(DomainApi.DEFINE, new DomainApi.Define(injected)));
        assertThat(host.power(DomainApi.GET, vm).defined()).isFalse();
    }

    @Test
    void keepsOutOfTheWayOfADomainThatHasTheName() {
        UUID first = host.tinyVm("namesake");
        UUID second = host.tinyVm("namesake");
        assertThat(host.power(DomainApi.GET, first).domainName()).isEqualTo("namesake");
        assertThat(host.power(DomainApi.GET, second).domainName()).startsWith("namesake-");
    }

    private static void twice(Runnable step) {
        step.run();
        step.run();
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static void virsh(String... words) {
        new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }
}
