package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A machine that is changed under its guest, which all the tests share; each begins by making it what it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditLifeIT {
    private static final long MIB = 1L << 20;
    private static final MachineSpec MACHINE = machine(null, false);

    private final Path files;
    private final TestHost host;
    private final UUID vm;

    EditLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(
                folder, "importFolders: [" + files + ", " + Path.of("target").toAbsolutePath() + "]");
        this.vm = host.newVm();
        DomainSpec plain = host.spec("edit-" + vm.toString().substring(28), vm, host.volume(host.tinyImage()), null);
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(new DomainSpec(
                        vm,
                        plain.name(),
                        plain.description(),
                        plain.digest(),
                        1,
                        192 * MIB,
                        plain.disks(),
                        plain.nics(),
                        null,
                        MACHINE,
                        List.of(new DomainSpec.Cdrom(null, null)),
                        List.of(),
                        null)));
        host.power(DomainApi.START, vm);
    }

    @AfterAll
    void stop() {
        host.close();
    }

    private static MachineSpec machine(@Nullable Watchdog watchdog, boolean clipboard) {
        return new MachineSpec(null, null, Firmware.BIOS, false, false, watchdog, 2, clipboard);
    }

    private DomainReport edit(int vcpus, long memoryBytes, MachineSpec machine) {
        return host.ask(
                DomainApi.EDIT,
                new EditDomain(vm, "ef".repeat(32), "changed & <described>", vcpus, memoryBytes, machine, List.of()));
    }

    @Test
    void aGuestGivesMemoryAwayAndGetsItBackAndMoreAtItsNextStart() {
        GuestShell shell = GuestShell.of(vm);
        edit(1, 192 * MIB, MACHINE);
        long before = memoryOf(shell);
        // It tells what it could do without every 10 s.
        Eventually.get(
                Duration.ofSeconds(60), () -> virsh("dommemstat", vm.toString()), said -> said.contains("usable"));
        assertThat(pending(edit(1, 160 * MIB, MACHINE), "memoryBytes")).isEmpty();
        assertThat(memoryOf(shell)).isEqualTo(before - 32 * 1024);
        assertThat(pending(edit(1, 192 * MIB, MACHINE), "memoryBytes")).isEmpty();
        assertThat(memoryOf(shell)).isEqualTo(before);
        PendingChange more = new PendingChange("memoryBytes", Long.toString(192 * MIB), Long.toString(256 * MIB));
        assertThat(pending(edit(1, 256 * MIB, MACHINE), "memoryBytes")).containsExactly(more);
        assertThat(memoryOf(shell)).isEqualTo(before);
        host.power(DomainApi.RESET, vm);
        assertThat(pending(host.power(DomainApi.GET, vm), "memoryBytes"))
                .as("a reset is no start")
                .containsExactly(more);
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        assertThat(memoryOf(GuestShell.of(vm))).isGreaterThan(before + 60 * 1024);
    }

    @Test
    void aGuestThatNeedsItsMemoryKeepsIt() {
        GuestShell shell = GuestShell.of(vm);
        edit(1, 192 * MIB, MACHINE);
        long before = memoryOf(shell);
        assertThat(edit(1, 64 * MIB, MACHINE).pending())
                .contains(new PendingChange("memoryBytes", Long.toString(192 * MIB), Long.toString(64 * MIB)));
        assertThat(memoryOf(shell)).isEqualTo(before);
        edit(1, 192 * MIB, MACHINE);
    }

    @Test
    void aGuestGetsAProcessorMore() {
        GuestShell shell = GuestShell.of(vm);
        edit(1, 192 * MIB, MACHINE);
        assertThat(pending(edit(2, 192 * MIB, MACHINE), "vcpus")).isEmpty();
        Eventually.holds(() -> shell.run("cat /sys/devices/system/cpu/present").equals("0-1"));
        Eventually.holds(() -> shell.run("cat /sys/devices/system/cpu/online").equals("0-1"));
        assertThat(virsh("vcpucount", vm.toString(), "--live", "--active")).isEqualTo("2");
        MachineSpec four = new MachineSpec(null, null, Firmware.BIOS, false, false, null, 4, false);
        assertThat(edit(3, 192 * MIB, four).pending())
                .contains(new PendingChange("vcpus", "2", "3"), new PendingChange("cpu.maxVcpus", "2", "4"));
        edit(2, 192 * MIB, MACHINE);
    }

    @Test
    void whatCannotBeDoneNowIsDoneWhenItStarts() {
        MachineSpec watched = machine(new Watchdog(WatchdogModel.I6300ESB, WatchdogAction.PAUSE), true);
        DomainReport report = edit(1, 192 * MIB, watched);
        assertThat(report.pending())
                .contains(
                        new PendingChange("watchdog", "", "i6300esb, pause"),
                        new PendingChange("clipboard", "false", "true"));
        assertThat(report.digest()).isEqualTo("ef".repeat(32));
        assertThat(virsh("dumpxml", vm.toString()))
                .contains("changed &amp; &lt;described&gt;")
                .contains("ef".repeat(32))
                .doesNotContain("i6300esb")
                .doesNotContain("qemu-vdagent");
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.power(DomainApi.GET, vm).pending()).isEmpty();
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        assertThat(virsh("dumpxml", vm.toString())).contains("i6300esb").contains("<clipboard copypaste='yes'/>");
        GuestShell shell = GuestShell.of(vm);
        assertThat(shell.run("cat /sys/class/virtio-ports/*/name"))
                .as("by which an agent in the guest finds it")
                .contains("com.redhat.spice.0");
    }

    @Test
    void aDiskIsLimitedAtOnceAndReachedOtherwiseFromTheNextStartOn() {
        GuestShell.of(vm);
        VolumeReport data = host.volume(null);
        attach(data);
        DomainReport report = host.ask(
                DomainApi.EDIT_DISK,
                new DomainApi.EditDisk(
                        vm,
                        data.volumeId(),
                        host.poolId(),
                        new DiskHardware(
                                DiskBus.SCSI,
                                Cache.WRITETHROUGH,
                                Discard.IGNORE,
                                false,
                                new Limits(100L, null, null, 2L << 20))));
        assertThat(virsh("blkdeviotune", vm.toString(), "vdb"))
                .containsPattern("read_iops_sec\\s*: 100")
                .containsPattern("\\nwrite_bytes_sec\\s*: 2097152");
        assertThat(report.pending())
                .contains(
                        new PendingChange("disks.vdb.bus", "virtio", "scsi"),
                        new PendingChange("disks.vdb.discard", "unmap", "ignore"));
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        assertThat(virsh("dumpxml", vm.toString()))
                .contains("cache='writethrough'")
                .contains("bus='scsi'");
        GuestShell.of(vm);
        host.ask(DomainApi.EDIT_DISK, new DomainApi.EditDisk(vm, data.volumeId(), host.poolId(), DiskHardware.PLAIN));
        assertThat(virsh("blkdeviotune", vm.toString(), "sdb"))
                .containsPattern("read_iops_sec\\s*: 0")
                .containsPattern("\\nwrite_bytes_sec\\s*: 0");
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(DomainApi.DETACH_DISK, new DomainApi.DetachDisk(vm, data.volumeId()));
        host.power(DomainApi.START, vm);
    }

    @Test
    void aGuestSeesItsDiskGrow() {
        GuestShell shell = GuestShell.of(vm);
        VolumeReport data = host.volume(null);
        attach(data);
        host.ask(
                HostStorageApi.RESIZE_VOLUME,
                new HostStorageApi.ResizeVolume(host.poolId(), data.volumeId(), 2L << 30));
        String inside = "cat /sys/block/vdb/size || true";
        Eventually.holds(() -> shell.run(inside).equals(Long.toString((2L << 30) / 512)));
        host.ask(DomainApi.DETACH_DISK, new DomainApi.DetachDisk(vm, data.volumeId()));
    }

    private void attach(VolumeReport data) {
        var disk = new DomainSpec.Disk(data.volumeId(), host.poolId(), data.path(), data.format());
        host.ask(DomainApi.ATTACH_DISK, new DomainApi.AttachDisk(vm, disk, false, false));
    }

    @Test
    void aMediumIsInsertedAndEjectedUnderTheGuest() throws IOException {
        UUID iso = iso();
        DomainSpec.Cdrom medium = new DomainSpec.Cdrom(iso, host.poolId());
        change(0, medium, 1);
        change(0, medium, 1);
        assertThat(inDrive()).contains(iso + ".iso").contains("\"ro\":true");
        change(0, new DomainSpec.Cdrom(null, null), 1);
        assertThat(inDrive()).doesNotContain(iso + ".iso");
        assertThatThrownBy(() -> change(1, medium, 2)).hasMessageContaining("while the virtual machine is off");
        host.power(DomainApi.FORCE_STOP, vm);
        change(1, medium, 2);
        host.power(DomainApi.START, vm);
        assertThat(inDrive()).contains(iso + ".iso");
        host.power(DomainApi.FORCE_STOP, vm);
        change(1, new DomainSpec.Cdrom(null, null), 1);
        assertThat(virsh("domblklist", vm.toString())).doesNotContain("sdb");
        host.power(DomainApi.START, vm);
    }

    private void change(int drive, DomainSpec.Cdrom medium, int drives) {
        host.ask(DomainApi.CHANGE_MEDIUM, new DomainApi.ChangeMedium(vm, drive, medium, drives, false));
    }

    private String inDrive() {
        return virsh("qemu-monitor-command", vm.toString(), "{\"execute\": \"query-block\"}");
    }

    private UUID iso() throws IOException {
        Path tree = Files.createDirectories(files.resolve("tree"));
        Files.writeString(tree.resolve("HELLO.TXT"), "hello");
        Path file = files.resolve("medium.iso");
        new ProcessTool()
                .run(CommandLine.of("xorriso", "-as", "mkisofs", "-quiet", "-R", "-V", "MEDIUM")
                        .with("-o", file.toString(), tree.toString()));
        UUID image = Uuid7.next();
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(host.poolId(), image, file.toString()));
        host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "iso", null));
        return image;
    }

    @Test
    void whatItIsMadeFromIsSaidAnew() {
        String digest = "12".repeat(32);
        assertThat(host.ask(DomainApi.DESCRIBE, new DomainApi.Describe(vm, digest, "said anew"))
                        .digest())
                .isEqualTo(digest);
        for (String which : List.of("--inactive", "--security-info")) {
            assertThat(virsh("dumpxml", which, vm.toString()))
                    .contains(digest)
                    .contains("<description>said anew</description>");
        }
    }

    private static List<PendingChange> pending(DomainReport report, String field) {
        return report.pending().stream().filter(p -> p.field().equals(field)).toList();
    }

    /** In KiB. */
    private static long memoryOf(GuestShell shell) {
        return Long.parseLong(shell.run("awk '$1 == \"MemTotal:\" { print $2 }' /proc/meminfo"));
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words))
                .strip();
    }
}
