package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostMigrationApi.Move;
import io.limiquantix.bus.host.HostMigrationApi.Prepare;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.stream.MigrationFolder;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.HeldMemory;
import io.limiquantix.host.testing.SecondLibvirt;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A running guest between two hosts, each with a libvirt and disks of its own. It boots once, for it is always somewhere. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(value = "isRoot", disabledReason = "the second host's namespaces need root")
class MigrationLifeIT {
    private static final Executor THREADS = Thread::startVirtualThread;
    private static final String PASSWORD = "canary7";

    private final ProcessTool tool = new ProcessTool();
    private SecondLibvirt second;
    private Side here;
    private Side there;
    private UUID vm;
    private VolumeReport disk;
    private final HeldMemory memory = new HeldMemory();

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** A host, with the image that the guest's disk stands on. */
    private record Side(TestHost host, UUID image, String libvirt, Path sockets) {
        GuestShell shell(UUID vm) {
            return new GuestShell(vm, libvirt);
        }
    }

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two, @TempDir Path libvirt) throws IOException {
        open(libvirt);
        String imports = "importFolders: [" + Path.of("target").toAbsolutePath() + "]";
        TestHost first = TestHost.start(one, imports);
        here = new Side(first, first.tinyImage(), "qemu:///system", MigrationFolder.EVERYWHERE);
        vm = first.newVm();
        disk = volume(here, Uuid7.next());
        first.ask(DomainApi.DEFINE, new DomainApi.Define(spec(here, disk)));
        withPassword(one.resolve("with-password.xml"));
        first.power(DomainApi.START, vm);
        second = SecondLibvirt.start(libvirt);
        TestHost other = TestHost.start(
                two, imports, "libvirtUri: " + second.uri(), "migrationFolder: " + second.migrations(), "name: second");
        there = new Side(other, other.tinyImage(), second.uri(), second.migrations());
        // Each is alone on its bus; this is all that passes between the two.
        memory.join(here.host(), there.host());
        memory.join(there.host(), here.host());
        here.shell(vm).awaitAgent();
        // The agent answers before the disk is there.
        here.shell(vm)
                .run("until grep -q ' /disk ' /proc/mounts; do sleep 1; done; mount -t tmpfs none /mnt;"
                        + " echo kept > /mnt/note; echo before > /disk/note; sync;"
                        + " (i=0; while :; do i=$((i+1)); echo $i > /mnt/count; done) >/dev/null 2>&1 &");
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Somebody has set one by hand; we set none. */
    private void withPassword(Path file) throws IOException {
        String xml = virsh("dumpxml", "--inactive", vm.toString());
        Files.writeString(file, xml.replace("<graphics type='vnc'", "<graphics type='vnc' passwd='" + PASSWORD + "'"));
        virsh("define", file.toString());
    }

    @AfterAll
    void stop() {
        memory.letGo();
        if (there != null) {
            there.host().close();
        }
        if (here != null) {
            here.host().close();
        }
        if (second != null) {
            second.close();
        }
    }

    private String virsh(String... words) {
        String[] all = new String[words.length + 4];
        System.arraycopy(new String[] {"virsh", "-q", "-c", "qemu:///system"}, 0, all, 0, 4);
        System.arraycopy(words, 0, all, 4, words.length);
        return tool.run(CommandLine.of(all)).strip();
    }

    private VolumeReport volume(Side side, UUID volumeId) {
        return side.host()
                .ask(
                        HostStorageApi.CREATE_VOLUME,
                        new HostStorageApi.CreateVolume(
                                side.host().poolId(),
                                volumeId,
                                "qcow2",
                                1L << 30,
                                VolumeOrigin.ofImage(side.image()),
                                false,
                                HostStorageApi.Preallocation.THIN));
    }

    private DomainSpec spec(Side side, VolumeReport volume) {
        return side.host().spec("migrating", vm, side.host().poolId(), List.of(volume), null);
    }

    private Prepared prepare(Side target, Arrival arrival) {
        var request = new Prepare(arrival.migrationId(), spec(target, volume(target, disk.volumeId())));
        Prepared prepared = target.host().ask(HostMigrationApi.PREPARE, request);
        assertThat(target.host().ask(HostMigrationApi.PREPARE, request)).isEqualTo(prepared);
        return prepared;
    }

    private Move order(Side target, Prepared prepared) {
        return new Move(
                prepared.migrationId(),
                vm,
                target.host().hostId(),
                prepared.definition(),
                List.of(disk.volumeId()),
                HostMigrationApi.MoveLimits.NONE);
    }

    private Arrival arrival() {
        return new Arrival(Uuid7.next(), vm);
    }

    private static void deleteVolume(Side side, UUID volumeId) {
        side.host()
                .ask(
                        HostStorageApi.DELETE_VOLUME,
                        new HostStorageApi.DeleteVolume(side.host().poolId(), volumeId, false));
    }

    private long count(Side side) {
        return Long.parseLong(side.shell(vm).run("until cat /mnt/count | grep .; do :; done"));
    }

    /** It may have been let in while it was read. */
    private void assertWorksOn(Side side) {
        long before = count(side);
        Eventually.holds(() -> count(side) > before);
        assertThat(side.shell(vm).run("cat /mnt/note")).isEqualTo("kept");
    }

    private void assertNothingIsLeft(Side side, UUID migrationId) {
        assertThat(side.sockets().resolve(migrationId.toString())).doesNotExist();
        assertThat(side.host().folder().resolve("host/migrations")).isEmptyDirectory();
    }

    private void go(Side source, Side target) {
        Arrival arrival = arrival();
        Prepared prepared = prepare(target, arrival);
        Caller caller = TestHost.caller();
        assertThat(source.host()
                        .ask(HostMigrationApi.MOVE, order(target, prepared), caller)
                        .defined())
                .isFalse();
        assertThat(source.host()
                        .ask(HostMigrationApi.MOVE, order(target, prepared), caller)
                        .defined())
                .as("done once")
                .isFalse();
        assertThat(target.host().power(DomainApi.GET, vm).state()).isEqualTo(PowerState.PAUSED);
        assertThat(target.host().lastChange(vm))
                .satisfiesAnyOf(nothing -> assertThat(nothing).isNull(), gone -> assertThat(gone.defined())
                        .isFalse());
        for (int i = 0; i < 2; i++) {
            assertThat(target.host().ask(HostMigrationApi.LET_RUN, arrival).state())
                    .isEqualTo(PowerState.RUNNING);
        }
        target.host().awaitState(vm, PowerState.RUNNING);
        // Not even a late one undoes it.
        target.host().ask(HostMigrationApi.FORGET, arrival);
        deleteVolume(source, disk.volumeId());
        assertWorksOn(target);
        assertNothingIsLeft(source, arrival.migrationId());
        assertNothingIsLeft(target, arrival.migrationId());
    }

    @Test
    void goesThereAndBackWithItsMemoryAndItsDisk() {
        go(here, there);
        assertThat(virsh("list", "--all", "--uuid")).doesNotContain(vm.toString());
        for (String which : List.of("--migratable", "--inactive")) {
            assertThat(second.virsh("dumpxml", "--security-info", which, vm.toString()))
                    .contains("passwd='" + PASSWORD + "'")
                    .contains(there.host().folder().toString())
                    .doesNotContain(here.host().folder().toString());
        }
        assertThat(there.shell(vm).run("cat /disk/note; echo after > /disk/note; sync"))
                .isEqualTo("before");
        go(there, here);
        assertThat(second.virsh("list", "--all", "--uuid")).doesNotContain(vm.toString());
        assertThat(here.shell(vm).run("cat /disk/note; echo before > /disk/note; sync"))
                .isEqualTo("after");
        // What the guest reads is on its disk, and not only in its memory.
        assertThat(here.shell(vm).run("echo 3 > /proc/sys/vm/drop_caches; cat /disk/note"))
                .isEqualTo("before");
    }

    private CompletableFuture<FailureException> holdMove(Side target, Prepared prepared) {
        memory.hold();
        var refused = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        FailureException.class, () -> here.host().ask(HostMigrationApi.MOVE, order(target, prepared))),
                THREADS);
        memory.awaitHeld();
        return refused;
    }

    private void assertStayed(Arrival arrival) {
        assertThat(here.host().power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
        for (int i = 0; i < 2; i++) {
            there.host().ask(HostMigrationApi.FORGET, arrival);
        }
        assertThat(second.virsh("list", "--all", "--uuid")).doesNotContain(vm.toString());
        assertWorksOn(here);
        deleteVolume(there, disk.volumeId());
        assertNothingIsLeft(here, arrival.migrationId());
        assertNothingIsLeft(there, arrival.migrationId());
    }

    @Test
    void staysWhereItIsWhenTheMoveIsEndedInTheMiddle() {
        Arrival arrival = arrival();
        var refused = holdMove(there, prepare(there, arrival));
        assertThat(here.host()
                        .ask(HostMigrationApi.LOOK_AT_MOVE, new DomainApi.Domain(vm))
                        .state())
                .isEqualTo(CopyState.COPYING);
        assertThat(here.host().power(HostMigrationApi.ABORT, vm).state()).isEqualTo(PowerState.RUNNING);
        memory.letGo();
        assertThat(refused.join().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(here.host()
                        .ask(HostMigrationApi.LOOK_AT_MOVE, new DomainApi.Domain(vm))
                        .state())
                .isEqualTo(CopyState.NOT_HERE);
        assertStayed(arrival);
    }

    @Test
    void staysWhereItIsWhenTheTargetDies() {
        Arrival arrival = arrival();
        var refused = holdMove(there, prepare(there, arrival));
        tool.run(CommandLine.of("pkill", "-9", "-f", "qemu-system.*" + vm + ".*-incoming"));
        memory.letGo();
        FailureException failure = refused.join();
        assertThat(failure.code()).isEqualTo(FailureCode.HYPERVISOR);
        assertThat(failure.failure().message()).contains("goes on where it was");
        assertStayed(arrival);
    }
}
