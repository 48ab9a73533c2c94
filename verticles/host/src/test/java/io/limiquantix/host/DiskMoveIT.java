package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostDiskMoveApi;
import io.limiquantix.bus.host.HostDiskMoveApi.DiskOfDomain;
import io.limiquantix.bus.host.HostDiskMoveApi.MoveDisk;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.SecondLibvirt;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A disk between two pools of one host, while a real guest writes to it and while it is off, with a libvirt that is killed. */
@EnabledIf(value = "isRoot", disabledReason = "a libvirt of its own needs root")
class DiskMoveIT {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private final UUID other = Uuid7.next();
    private TestHost host;
    private final UUID vm;
    private final SecondLibvirt libvirt;
    private final GuestShell guest;
    private final VolumeReport disk;
    private String sum = "";

    DiskMoveIT(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.libvirt = SecondLibvirt.start(Files.createDirectory(folder.resolve("libvirt")));
        this.host = TestHost.start(
                Files.createDirectory(folder.resolve("host")),
                "importFolders: [" + Path.of("target").toAbsolutePath() + "]",
                "libvirtUri: " + libvirt.uri(),
                "migrationFolder: " + libvirt.migrations());
        this.vm = host.newVm();
        this.guest = new GuestShell(vm, libvirt.uri());
        this.disk = host.volume(host.tinyImage());
    }

    @BeforeEach
    void start() {
        host.openPool(other, host.folder().resolve("other"));
        String name = "moving-" + vm.toString().substring(30);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name, vm, disk, null)));
        boot();
        guest.run("dd if=/dev/urandom of=/dev/vda bs=1M seek=400 count=16 conv=notrunc,fsync 2>/dev/null");
        sum = sum();
        guest.run("(i=0; while :; do i=$((i+1)); echo n$i | dd of=/dev/vda bs=1M seek=300"
                + " conv=notrunc,fsync; echo $i > /count; done) >/dev/null 2>&1 &");
    }

    @AfterEach
    void stop() {
        host.close();
        libvirt.close();
    }

    @Test
    void aGuestGoesOnWhereverItsDiskIs() {
        cancelled();
        cutOff();
        intoAnotherFormat();
        whileItIsOff();
    }

    private void cancelled() {
        MoveDisk request = move(place(other, "qcow2"), 1);
        refused(FailureCode.TIMEOUT, () -> ask(request));
        DiskOfDomain which = of(request);
        assertThat(host.ask(HostDiskMoveApi.LOOK, which).state()).isEqualTo(CopyState.COPYING);
        assertThat(settle(request)).isEqualTo(disk.path());
        assertThat(host.ask(HostDiskMoveApi.LOOK, which).state()).isEqualTo(CopyState.NOT_HERE);
        refused(FailureCode.CANCELLED, () -> ask(request));
        assertThat(storedFile()).isEqualTo(disk.path());
        assertGoesOn();
        delete(other);
    }

    private void cutOff() {
        MoveDisk request = move(place(other, "qcow2"), 1);
        refused(FailureCode.TIMEOUT, () -> ask(request));
        host = host.startedAnew();
        refused(FailureCode.TIMEOUT, () -> ask(request));
        libvirt.killed();
        Eventually.holds(() -> isCopying(request));
        refused(FailureCode.TIMEOUT, () -> ask(request));
        virsh("blockjob", vm.toString(), "vda", "--bandwidth", "1000");
        arrives(request);
        delete(host.poolId());
    }

    private boolean isCopying(MoveDisk request) {
        try {
            return host.ask(HostDiskMoveApi.LOOK, of(request)).state() == CopyState.COPYING;
        } catch (FailureException e) {
            assertThat(e.code().isTransient()).isTrue();
            return false;
        }
    }

    private void intoAnotherFormat() {
        arrives(move(place(host.poolId(), "raw"), null));
        delete(other);
    }

    private void whileItIsOff() {
        MoveDisk running = move(place(other, "qcow2"), null);
        refused(FailureCode.CONFLICT, () -> host.ask(HostDiskMoveApi.SWITCH, running));
        host.power(DomainApi.FORCE_STOP, vm);
        MoveDisk request = move(running.to(), null);
        refused(FailureCode.CONFLICT, () -> ask(request));
        host.ask(
                HostStorageApi.COPY_VOLUME,
                new HostStorageApi.CopyVolume(
                        host.poolId(), disk.volumeId(), null, other, disk.volumeId(), "qcow2", disk.sizeBytes()));
        String before = storedFile();
        assertThat(settle(move(request.to(), null))).isEqualTo(before);
        host.ask(HostDiskMoveApi.SWITCH, request);
        assertThat(settle(request)).isEqualTo(request.to().path()).isEqualTo(storedFile());
        refused(FailureCode.CANCELLED, () -> host.ask(HostDiskMoveApi.SWITCH, request));
        delete(host.poolId());
        boot();
        assertThat(sum()).isEqualTo(sum);
    }

    private void arrives(MoveDisk request) {
        host.ask(HostDiskMoveApi.MOVE, request);
        assertThat(storedFile()).isEqualTo(request.to().path());
        assertThat(settle(request)).isEqualTo(request.to().path());
        assertThat(virsh("dumpxml", vm.toString()))
                .contains("file='" + request.to().path())
                .doesNotContain("<mirror");
        assertGoesOn();
    }

    /** An empty volume of the same id. */
    private DomainSpec.Disk place(UUID pool, String format) {
        VolumeReport made = host.ask(
                HostStorageApi.CREATE_VOLUME,
                new HostStorageApi.CreateVolume(
                        pool,
                        disk.volumeId(),
                        format,
                        disk.sizeBytes(),
                        VolumeOrigin.ZEROES,
                        true,
                        HostStorageApi.Preallocation.THIN));
        return new DomainSpec.Disk(disk.volumeId(), pool, made.path(), format);
    }

    private MoveDisk move(DomainSpec.Disk to, @Nullable Integer speed) {
        return new MoveDisk(Uuid7.next(), vm, to, speed);
    }

    private void ask(MoveDisk request) {
        host.ask(HostDiskMoveApi.MOVE, request, TestHost.caller().within(MOMENT));
    }

    private static DiskOfDomain of(MoveDisk request) {
        return new DiskOfDomain(request.moveId(), request.vmId(), request.to().volumeId());
    }

    private String settle(MoveDisk request) {
        return host.ask(HostDiskMoveApi.SETTLE, of(request)).path();
    }

    /** It is refused while a domain runs on it. */
    private void delete(UUID pool) {
        Caller caller = TestHost.caller();
        host.ask(HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(pool, disk.volumeId(), false), caller);
    }

    private void boot() {
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        guest.awaitAgent();
    }

    private String sum() {
        return guest.run("dd if=/dev/vda bs=1M skip=400 count=16 2>/dev/null | sha256sum");
    }

    /** What it wrote last is on the disk that it has now, as far as it knows. */
    private void assertGoesOn() {
        String before = guest.run("cat /count");
        Eventually.get(Duration.ofSeconds(30), () -> guest.run("cat /count"), now -> !before.equals(now));
        assertThat(guest.run("echo 3 > /proc/sys/vm/drop_caches; dd if=/dev/vda bs=1M skip=300 count=1 2>/dev/null"
                        + " | head -n 1"))
                .startsWith("n");
        assertThat(sum()).isEqualTo(sum);
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
    }

    /** The file that the machine starts from the next time, as libvirt has it. */
    private String storedFile() {
        return virsh("dumpxml", "--inactive", vm.toString())
                .lines()
                .filter(line -> line.contains("<source file="))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*file=.([^'\"]*)['\"].*", "$1");
    }

    private String virsh(String... words) {
        return libvirt.virsh(words);
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
