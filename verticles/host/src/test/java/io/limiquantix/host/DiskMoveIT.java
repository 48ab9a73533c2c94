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
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.WritingGuest;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk between two pools of one host, while a real guest writes to it and while it is off. */
class DiskMoveIT {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ProcessTool tool = new ProcessTool();
    private final UUID other = Uuid7.next();
    private TestHost host;
    private UUID vm;
    private WritingGuest guest;
    private VolumeReport disk;
    private String sum = "";

    DiskMoveIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
        this.vm = host.newVm();
        this.guest = new WritingGuest(vm);
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
    }

    @Test
    void aGuestGoesOnWhereverItsDiskIs() {
        cancelled();
        cutOffByANewHostProcess();
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

    private void cutOffByANewHostProcess() {
        MoveDisk request = move(place(other, "qcow2"), 1);
        refused(FailureCode.TIMEOUT, () -> ask(request));
        host = host.startedAnew();
        refused(FailureCode.TIMEOUT, () -> ask(request));
        virsh("blockjob", vm.toString(), "vda", "--bandwidth", "1000");
        arrives(request);
        delete(host.poolId());
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
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
