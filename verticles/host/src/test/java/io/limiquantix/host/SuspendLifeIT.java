package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.HeldSave;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real guest whose memory is kept while it is off. */
class SuspendLifeIT {
    private TestHost host;

    SuspendLifeIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void goesOnFromWhereItWas() {
        UUID vm = vm("memory");
        GuestShell shell = GuestShell.of(vm);
        shell.run("mount -t tmpfs none /mnt; echo kept > /mnt/note");
        String sleeper = shell.run("sleep 98765 >/dev/null 2>&1 & echo $!");
        twice(() -> assertThat(host.power(DomainApi.SUSPEND, vm).state()).isEqualTo(PowerState.SUSPENDED));
        assertThat(host.awaitState(vm, PowerState.SUSPENDED).reason()).isEqualTo("saved");
        assertThat(virsh("domstate", vm.toString())).isEqualTo("shut off");
        twice(() -> assertThat(host.power(DomainApi.START, vm).state()).isEqualTo(PowerState.RUNNING));
        shell.awaitAgent();
        assertThat(shell.run("cat /mnt/note")).isEqualTo("kept");
        assertThat(shell.run("tr '\\0' ' ' < /proc/" + sleeper + "/cmdline")).isEqualTo("sleep 98765");
    }

    @Test
    void isSeenWhereSomebodyElseSuspendsItAndForgetsIt() {
        UUID vm = vm("virsh");
        virsh("managedsave", vm.toString());
        host.awaitState(vm, PowerState.SUSPENDED);
        refused(
                "is suspended",
                () -> host.ask(DomainApi.OPEN_CONSOLE, new DomainApi.OpenConsole(vm, DomainApi.ConsoleKind.SERIAL)));
        virsh("managedsave-remove", vm.toString());
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.STOPPED);
        virsh("start", vm.toString());
        host.awaitState(vm, PowerState.RUNNING);
        host = anew();
        virsh("managedsave", vm.toString());
        host.awaitState(vm, PowerState.SUSPENDED);
        host = anew();
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.SUSPENDED);
    }

    @Test
    void losesItsMemoryWhereThatIsAskedFor() {
        UUID vm = vm("forget");
        host.power(DomainApi.SUSPEND, vm);
        twice(() -> assertThat(host.power(DomainApi.DISCARD_STATE, vm).state()).isEqualTo(PowerState.STOPPED));
        refused("not running, so it has no memory", () -> host.power(DomainApi.SUSPEND, vm));
        host.power(DomainApi.START, vm);
        assertThat(host.power(DomainApi.DISCARD_STATE, vm).state()).isEqualTo(PowerState.RUNNING);
        host.power(DomainApi.SUSPEND, vm);
        twice(() -> assertThat(host.power(DomainApi.FORCE_STOP, vm).state()).isEqualTo(PowerState.STOPPED));
        host.power(DomainApi.START, vm);
        host.power(DomainApi.SUSPEND, vm);
        assertThat(host.power(DomainApi.UNDEFINE, vm).defined()).isFalse();
        assertThat(virsh("list", "--all", "--uuid")).doesNotContain(vm.toString());
    }

    @Test
    void keepsItsDisksAsItsMemoryKnowsThem() {
        VolumeReport disk = host.volume(host.tinyImage());
        VolumeReport second = host.volume(null);
        VolumeReport third = host.volume(null);
        UUID vm = host.newVm();
        DomainSpec spec = host.spec("disks-" + tail(vm), vm, host.poolId(), List.of(disk, second), null);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        host.power(DomainApi.START, vm);
        SnapshotName snapshot = new SnapshotName(host.poolId(), disk.volumeId(), Uuid7.next());
        host.ask(HostStorageApi.CREATE_SNAPSHOT, snapshot);
        host.power(DomainApi.SUSPEND, vm);
        UUID pool = host.poolId();
        refused("suspended", () -> host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, snapshot));
        refused("suspended", () -> host.ask(HostStorageApi.DELETE_SNAPSHOT, snapshot));
        refused(
                "suspended",
                () -> host.ask(HostStorageApi.CREATE_SNAPSHOT, new SnapshotName(pool, disk.volumeId(), Uuid7.next())));
        refused(
                "suspended",
                () -> host.ask(
                        HostStorageApi.RESIZE_VOLUME,
                        new HostStorageApi.ResizeVolume(pool, second.volumeId(), 2L << 30)));
        refused(
                "suspended",
                () -> host.ask(
                        HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(pool, second.volumeId(), true)));
        refused("suspended", () -> host.ask(DomainApi.DETACH_DISK, new DomainApi.DetachDisk(vm, second.volumeId())));
        var wish = new DomainSpec.Disk(third.volumeId(), pool, third.path(), third.format());
        refused("suspended", () -> host.ask(DomainApi.ATTACH_DISK, new DomainApi.AttachDisk(vm, wish, false, false)));
        host.power(DomainApi.START, vm);
        host.ask(HostStorageApi.DELETE_SNAPSHOT, snapshot);
        assertThat(GuestShell.of(vm).run("echo fine")).isEqualTo("fine");
    }

    @Test
    void isRefusedWhereItsMemoryDoesNotFit() throws IOException {
        UUID vm = vm("room");
        Files.writeString(host.folder().resolve("host.yaml"), "host: {accelerator: tcg, saveFolder: /proc}");
        host = anew();
        assertThatThrownBy(() -> host.power(DomainApi.SUSPEND, vm))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_CAPACITY))
                .hasMessageContaining("/proc has room for 0 MiB more, and up to 256 MiB are written");
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
        host.power(DomainApi.UNDEFINE, vm);
    }

    @Test
    void isGoneOnWithByAnotherProcessOfTheHost() throws Exception {
        UUID vm = vm("anew");
        GuestShell.of(vm);
        Caller caller = TestHost.caller();
        HeldSave save = HeldSave.of(name("anew", vm));
        FutureTask<DomainReport> first = suspending(vm, caller);
        HeldSave.Held held = save.await();
        Eventually.holds(() -> host.power(DomainApi.GET, vm).reason().equals("saving"));
        assertThat(host.ask(DomainApi.LOOK_AT_SUSPENSION, new DomainApi.Domain(vm))
                        .state())
                .isEqualTo(CopyState.COPYING);
        host = anew();
        first.cancel(true);
        FutureTask<DomainReport> again = suspending(vm, caller);
        assertThat(host.ask(DomainApi.LOOK_AT_SUSPENSION, new DomainApi.Domain(vm))
                        .state())
                .isEqualTo(CopyState.COPYING);
        held.goOn();
        assertThat(again.get().state()).isEqualTo(PowerState.SUSPENDED);
        assertThat(host.power(DomainApi.START, vm).state()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void goesOnWhenItIsNotToBeSuspendedAfterAll() throws Exception {
        UUID vm = vm("ended");
        GuestShell shell = GuestShell.of(vm);
        HeldSave save = HeldSave.of(name("ended", vm));
        FutureTask<DomainReport> suspending = suspending(vm, TestHost.caller());
        HeldSave.Held held = save.await();
        Eventually.holds(() -> host.power(DomainApi.GET, vm).reason().equals("saving"));
        FutureTask<DomainReport> ending = new FutureTask<>(() -> host.power(DomainApi.END_SUSPENSION, vm));
        Thread.startVirtualThread(ending);
        Eventually.holds(() -> virsh("qemu-monitor-command", vm.toString(), "{\"execute\": \"query-migrate\"}")
                .contains("\"cancelling\""));
        held.goOn();
        assertThat(ending.get().state()).isEqualTo(PowerState.RUNNING);
        assertThatThrownBy(suspending::get).hasMessageContaining("The memory could not be kept");
        shell.awaitAgent();
        twice(() -> assertThat(host.power(DomainApi.END_SUSPENSION, vm).state()).isEqualTo(PowerState.RUNNING));
        assertThat(host.power(DomainApi.SUSPEND, vm).state()).isEqualTo(PowerState.SUSPENDED);
    }

    private FutureTask<DomainReport> suspending(UUID vm, Caller caller) {
        TestHost now = host;
        FutureTask<DomainReport> task =
                new FutureTask<>(() -> now.ask(DomainApi.SUSPEND, new DomainApi.Domain(vm), caller));
        Thread.startVirtualThread(task);
        return task;
    }

    private TestHost anew() {
        return host.startedAnew();
    }

    private UUID vm(String name) {
        VolumeReport disk = host.volume(host.tinyImage());
        UUID vm = host.newVm();
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name(name, vm), vm, disk, null)));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        return vm;
    }

    private static String name(String name, UUID vm) {
        return "suspend-" + name + "-" + tail(vm);
    }

    private static String tail(UUID vm) {
        return vm.toString().substring(28);
    }

    private static void twice(Runnable step) {
        step.run();
        step.run();
    }

    private static void refused(String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT))
                .hasMessageContaining(why);
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words))
                .strip();
    }
}
