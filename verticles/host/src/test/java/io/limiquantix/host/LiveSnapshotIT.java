package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.WritingGuest;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.local.LocalDriver;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a file volume while a real guest writes to it. */
class LiveSnapshotIT {
    private final ProcessTool tool = new ProcessTool();
    private final UUID other = Uuid7.next();
    private TestHost host;
    private UUID vm;
    private WritingGuest guest;
    private VolumeReport disk;

    LiveSnapshotIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
        this.vm = host.newVm();
        this.guest = new WritingGuest(vm);
        this.disk = host.volume(host.tinyImage());
    }

    @BeforeEach
    void define() {
        host.openPool(other, host.folder().resolve("other"));
        String name = "snap-" + vm.toString().substring(30);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name, vm, disk, null)));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void keepsWhatAGuestHadWrittenWhileItGoesOn() throws IOException {
        start();
        guest.write("one");
        guest.run("(i=0; while :; do i=$((i+1)); echo $i > /count; echo n$i | dd of=/dev/vda bs=1M seek=300"
                + " conv=notrunc,fsync; done) >/dev/null 2>&1 &");
        SnapshotName first = create();
        assertGoesOn();
        guest.write("two");
        SnapshotName second = create();
        guest.write("three");
        assertThat(files()).hasSize(3);
        assertThat(text(copy(first))).startsWith("one");
        assertThat(text(copy(second))).startsWith("two");
        assertThat(text(export(first))).startsWith("one");
        assertThat(storedFile()).isEqualTo(current().path());
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, first));
        host.ask(HostStorageApi.DELETE_SNAPSHOT, first);
        assertThat(snapshots()).containsExactly(second.snapshotId());
        assertThat(text(copy(second))).startsWith("two");
        assertGoesOn();
        host.ask(HostStorageApi.DELETE_SNAPSHOT, second);
        assertGoesOn();
        assertThat(files()).containsExactly(disk.volumeId() + ".qcow2");
        assertThat(storedFile()).isEqualTo(current().path()).isEqualTo(disk.path());
        host.power(DomainApi.FORCE_STOP, vm);
        start();
        assertThat(guest.read()).startsWith("three");
    }

    @Test
    void aStoppedMachineGoesBackAndStartsFromThere() throws IOException {
        SnapshotName empty = create();
        assertThat(storedFile()).isEqualTo(current().path()).isNotEqualTo(disk.path());
        start();
        guest.write("one");
        SnapshotName one = create();
        guest.write("two");
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, one);
        assertThat(snapshots()).containsExactly(empty.snapshotId(), one.snapshotId());
        start();
        assertThat(guest.read()).startsWith("one");
        host.ask(HostStorageApi.DELETE_SNAPSHOT, empty);
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.DELETE_SNAPSHOT, one);
        assertThat(files()).containsExactly(disk.volumeId() + ".qcow2");
        assertThat(storedFile()).isEqualTo(disk.path());
        assertThat(text(Path.of(disk.path()))).startsWith("one");
    }

    @Test
    void aHostThatEndsBetweenTheStepsGoesOnWhereItWas() throws IOException {
        start();
        guest.write("one");
        SnapshotName never = name();
        Path abandoned = Path.of(overlays()
                .prepare(disk.volumeId(), never.snapshotId())
                .orElseThrow()
                .to()
                .label());
        host = host.startedAnew();
        SnapshotName taken = create();
        assertThat(abandoned).doesNotExist();
        guest.write("two");
        SnapshotName unrecorded = name();
        Overlays.Change change =
                overlays().prepare(disk.volumeId(), unrecorded.snapshotId()).orElseThrow();
        virsh(
                "snapshot-create-as",
                vm.toString(),
                "--no-metadata",
                "--disk-only",
                "--reuse-external",
                "--diskspec",
                "vda,file=" + change.to().label());
        guest.write("three");
        host = host.startedAnew();
        host.ask(HostStorageApi.CREATE_SNAPSHOT, unrecorded);
        assertThat(snapshots()).containsExactly(taken.snapshotId(), unrecorded.snapshotId());
        assertThat(text(copy(unrecorded))).startsWith("two");
        Overlays.Merge merge =
                overlays().merge(disk.volumeId(), unrecorded.snapshotId()).orElseThrow();
        virsh("blockcommit", vm.toString(), "vda", "--base", merge.base().label(), "--active", "--pivot");
        guest.write("four");
        host.power(DomainApi.FORCE_STOP, vm);
        host = host.startedAnew();
        start();
        assertThat(guest.read()).startsWith("four");
        host.ask(HostStorageApi.DELETE_SNAPSHOT, unrecorded);
        host.ask(HostStorageApi.DELETE_SNAPSHOT, taken);
        assertThat(files()).containsExactly(disk.volumeId() + ".qcow2");
    }

    /** The pool as a process sees it that ends after the next call. */
    private Overlays overlays() {
        var surroundings = new StorageSurroundings(
                tool, ImageLimits.upTo(1L << 40), host.folder().resolve("ending"));
        StoragePool pool =
                new LocalDriver().open(host.poolId(), Map.of("path", host.pool().toString()), surroundings);
        return pool.snapshots().overlays().orElseThrow();
    }

    private void start() {
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        guest.awaitAgent();
    }

    private void assertGoesOn() {
        String before = guest.run("cat /count");
        Eventually.get(Duration.ofSeconds(30), () -> guest.run("cat /count"), now -> !before.equals(now));
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
    }

    private SnapshotName name() {
        return new SnapshotName(host.poolId(), disk.volumeId(), Uuid7.next());
    }

    private SnapshotName create() {
        SnapshotName name = name();
        host.ask(HostStorageApi.CREATE_SNAPSHOT, name);
        return name;
    }

    private List<UUID> snapshots() {
        return host
                .ask(HostStorageApi.LIST_SNAPSHOTS, new HostStorageApi.VolumeName(host.poolId(), disk.volumeId()))
                .snapshots()
                .stream()
                .map(HostStorageApi.SnapshotReport::snapshotId)
                .toList();
    }

    private VolumeReport current() {
        return host.ask(HostStorageApi.LIST_VOLUMES, new HostStorageApi.PoolName(host.poolId())).volumes().stream()
                .filter(v -> v.volumeId().equals(disk.volumeId()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(host.pool().resolve("volumes"))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".qcow2"))
                    .toList();
        }
    }

    private Path copy(SnapshotName of) {
        var request = new HostStorageApi.CopyVolume(
                host.poolId(), disk.volumeId(), of.snapshotId(), other, Uuid7.next(), "qcow2", disk.sizeBytes());
        return Path.of(host.ask(HostStorageApi.COPY_VOLUME, request).path());
    }

    private Path export(SnapshotName of) {
        var request = new HostTransferApi.ExportVolume(
                Uuid7.next(), host.poolId(), disk.volumeId(), of.snapshotId(), "qcow2");
        host.ask(HostTransferApi.EXPORT_VOLUME, request);
        return host.folder().resolve("host/exports").resolve(request.exportId().toString());
    }

    /** What the guest had written to a disk that nobody uses. */
    private String text(Path qcow2) throws IOException {
        Path text = host.folder().resolve("text");
        tool.run(CommandLine.of(
                        "qemu-img", "dd", "-f", "qcow2", "-O", "raw", "bs=1M", "count=" + (WritingGuest.MEBIBYTE + 1))
                .with("skip=" + WritingGuest.MEBIBYTE, "if=" + qcow2, "of=" + text));
        return Files.readString(text).strip();
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
