package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that come and go, with and without a guest that uses them. */
class DiskLifeIT {
    private final TestHost host;

    DiskLifeIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aRunningGuestGetsADiskWritesToItAndLetsGo() {
        UUID vm = host.tinyVm("disks-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        VolumeReport data = host.volume(null);
        GuestShell shell = GuestShell.of(vm);
        String target = attach(vm, data, false, false);
        assertThat(attach(vm, data, false, false)).as("asked again").isEqualTo(target);
        String device = Eventually.get(() -> deviceOf(shell, data), name -> !name.isEmpty());
        shell.run("echo kept > /dev/" + device + " && sync");
        detach(vm, data, Duration.ofSeconds(60));
        assertThat(deviceOf(shell, data)).isEmpty();
        detach(vm, data, Duration.ofSeconds(60));
        host.ask(
                HostStorageApi.RESIZE_VOLUME,
                new HostStorageApi.ResizeVolume(host.poolId(), data.volumeId(), 2L << 30));
        attach(vm, data, true, false);
        String again = Eventually.get(() -> deviceOf(shell, data), name -> !name.isEmpty());
        assertThat(shell.run("head -n 1 /dev/" + again)).isEqualTo("kept");
        assertThat(shell.run("cat /sys/block/" + again + "/ro")).isEqualTo("1");
        assertThat(diskTargets(vm, "--inactive")).isEqualTo(diskTargets(vm));
        host.power(DomainApi.FORCE_STOP, vm);
    }

    private static String deviceOf(GuestShell shell, VolumeReport volume) {
        return shell.run("for d in /sys/block/vd*; do [ \"$(cat $d/serial)\" = " + DiskName.serial(volume.volumeId())
                + " ] && basename $d; done; true");
    }

    @Test
    void aStoppedDomainHasTheDiskAtItsNextStart() {
        UUID vm = host.tinyVm("cold-" + UUID.randomUUID().toString().substring(0, 8));
        VolumeReport data = host.volume(null);
        assertThat(attach(vm, data, false, false)).isEqualTo("vdb");
        host.power(DomainApi.START, vm);
        GuestShell shell = GuestShell.of(vm);
        assertThat(deviceOf(shell, data)).isNotEmpty();
        host.power(DomainApi.FORCE_STOP, vm);
        detach(vm, data, Duration.ofSeconds(30));
        assertThat(diskTargets(vm)).doesNotContain("vdb");
    }

    @Test
    void aGuestThatDoesNotAnswerKeepsItsDiskAndIsNamedTheReason() {
        UUID vm = host.newVm();
        VolumeReport nothingToBoot = host.volume(null);
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(host.spec("mute-" + vm.toString().substring(30), vm, nothingToBoot, null)));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        VolumeReport data = host.volume(null);
        String target = attach(vm, data, false, false);
        assertThatThrownBy(() -> detach(vm, data, Duration.ofSeconds(12)))
                .hasMessageContaining("has not let go of the disk");
        assertThat(diskTargets(vm)).contains(target);
        assertThat(diskTargets(vm, "--inactive")).contains(target);
        host.power(DomainApi.FORCE_STOP, vm);
        detach(vm, data, Duration.ofSeconds(30));
        assertThat(diskTargets(vm, "--inactive")).doesNotContain(target);
    }

    @Test
    void twoRunningDomainsShareAVolumeOnlyWhenThatIsMeant() {
        UUID first = host.tinyVm("one-" + UUID.randomUUID().toString().substring(0, 8));
        UUID second = host.tinyVm("two-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, first);
        host.power(DomainApi.START, second);
        VolumeReport own = host.volume(null);
        attach(first, own, false, false);
        refused(FailureCode.CONFLICT, () -> attach(second, own, false, false));
        VolumeReport shared = host.rawVolume();
        attach(first, shared, false, true);
        attach(second, shared, false, true);
        GuestShell one = GuestShell.of(first);
        GuestShell two = GuestShell.of(second);
        String here = Eventually.get(() -> deviceOf(one, shared), name -> !name.isEmpty());
        String there = Eventually.get(() -> deviceOf(two, shared), name -> !name.isEmpty());
        one.run("echo hello | dd of=/dev/" + here + " conv=fsync");
        assertThat(two.run("head -n 1 /dev/" + there)).isEqualTo("hello");
        host.power(DomainApi.FORCE_STOP, first);
        host.power(DomainApi.FORCE_STOP, second);
    }

    @Test
    void onlyVolumesOfThePoolBecomeDisks() {
        UUID vm = host.tinyVm("bad-" + UUID.randomUUID().toString().substring(0, 8));
        VolumeReport data = host.volume(null);
        var foreign = new DomainSpec.Disk(data.volumeId(), host.poolId(), "/etc/shadow", "raw");
        refused(
                FailureCode.INVALID,
                () -> host.ask(DomainApi.ATTACH_DISK, new DomainApi.AttachDisk(vm, foreign, false, false)));
        refused(FailureCode.NOT_FOUND, () -> attach(UUID.randomUUID(), data, false, false));
        detach(UUID.randomUUID(), data, Duration.ofSeconds(10));
    }

    private String attach(UUID vm, VolumeReport volume, boolean readOnly, boolean shareable) {
        var disk = new DomainSpec.Disk(volume.volumeId(), host.poolId(), volume.path(), volume.format());
        return host.ask(DomainApi.ATTACH_DISK, new DomainApi.AttachDisk(vm, disk, readOnly, shareable))
                .target();
    }

    private void detach(UUID vm, VolumeReport volume, Duration patience) {
        host.ask(
                DomainApi.DETACH_DISK,
                new DomainApi.DetachDisk(vm, volume.volumeId()),
                Caller.of(Actor.platform("test"), patience));
    }

    private static String diskTargets(UUID vm, String... options) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system", "domblklist", vm.toString())
                        .with(options));
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
