package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VariablesApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.host.domain.DomainPlace;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.domain.ReadSpec;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with all the hardware that a specification can ask for, made and run by the libvirt of this machine. */
class HardwareLifeIT {
    private static final Path TPM_STATES = Path.of("/var/lib/libvirt/swtpm");
    private static final Path VARIABLES = Path.of("/var/lib/libvirt/qemu/nvram");
    private static final MachineSpec EVERYTHING = new MachineSpec(
            new CpuTopology(1, 2, 1),
            "Nehalem",
            Firmware.UEFI,
            false,
            true,
            new Watchdog(WatchdogModel.I6300ESB, WatchdogAction.POWEROFF),
            null,
            true);

    private final Path files;
    private final TestHost host;

    HardwareLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(
                folder, "importFolders: [" + files + ", " + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private UUID iso(String label) throws IOException {
        Path tree = Files.createDirectories(files.resolve(label));
        Files.writeString(tree.resolve("HELLO.TXT"), "hello from " + label);
        Path file = files.resolve(label + ".iso");
        new ProcessTool()
                .run(CommandLine.of("xorriso", "-as", "mkisofs", "-quiet", "-R", "-V", label)
                        .with("-o", file.toString(), tree.toString()));
        UUID image = Uuid7.next();
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(host.poolId(), image, file.toString()));
        host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "iso", null));
        return image;
    }

    private DomainSpec.Disk disk(VolumeReport volume, DiskHardware hardware) {
        return new DomainSpec.Disk(volume.volumeId(), host.poolId(), volume.path(), volume.format(), false, hardware);
    }

    private DomainSpec spec(
            String name,
            MachineSpec machine,
            List<DomainSpec.Disk> disks,
            List<DomainSpec.Nic> nics,
            List<DomainSpec.Cdrom> cdroms,
            List<String> bootOrder) {
        UUID vm = host.newVm();
        CpuTopology topology = machine.topology();
        return new DomainSpec(
                vm,
                name + "-" + vm.toString().substring(28),
                "a <b>description</b> & more",
                "cd".repeat(32),
                topology == null ? 1 : topology.sockets() * topology.cores() * topology.threads(),
                256L << 20,
                disks,
                nics,
                null,
                machine,
                cdroms,
                bootOrder,
                null);
    }

    private DomainSpec plain(String name, MachineSpec machine) {
        return spec(
                name, machine, List.of(disk(host.volume(null), DiskHardware.PLAIN)), List.of(), List.of(), List.of());
    }

    private UUID started(DomainSpec spec) {
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        assertThat(host.power(DomainApi.START, spec.vmId()).state()).isEqualTo(PowerState.RUNNING);
        return spec.vmId();
    }

    @Test
    void saysWhatMachinesItCanMake() {
        Eventually.holds(() -> host.reports().stream().anyMatch(r -> r.capabilities() != null));
        HostReport report = host.ask(HostApi.DESCRIBE, Nothing.NOTHING);
        MachineOffers offers = Objects.requireNonNull(
                Objects.requireNonNull(report.capabilities()).offers());
        assertThat(offers.uefi()).isTrue();
        assertThat(offers.secureBoot()).isTrue();
        assertThat(offers.tpm()).isTrue();
        assertThat(offers.cpuModels())
                .contains("host-model", "x86-64-v2", "Nehalem", "qemu64")
                .doesNotContain("host-passthrough", "x86-64-v3");
        assertThat(offers.watchdogs()).contains("i6300esb");
    }

    @Test
    void whatRunsIsWhatWasAskedFor() throws IOException {
        VolumeReport first = host.volume(null);
        VolumeReport second = host.volume(null);
        VolumeReport third = host.rawVolume();
        UUID iso = iso("EVERYTHING");
        DomainSpec spec = spec(
                "everything",
                EVERYTHING,
                List.of(
                        disk(
                                first,
                                new DiskHardware(
                                        DiskBus.VIRTIO,
                                        Cache.WRITEBACK,
                                        Discard.IGNORE,
                                        true,
                                        new Limits(100L, 200L, 1L << 20, 2L << 20))),
                        disk(second, new DiskHardware(DiskBus.SCSI, Cache.WRITETHROUGH, Discard.UNMAP, false, null)),
                        disk(
                                third,
                                new DiskHardware(
                                        DiskBus.SATA,
                                        Cache.WRITEBACK,
                                        Discard.UNMAP,
                                        false,
                                        new Limits(null, 50L, null, null)))),
                List.of(
                        new DomainSpec.Nic("default", "52:54:00:11:22:33"),
                        new DomainSpec.Nic(
                                "default", "52:54:00:11:22:34", new NicHardware(NicHardware.Model.E1000E, false))),
                List.of(new DomainSpec.Cdrom(iso, host.poolId()), new DomainSpec.Cdrom(null, null)),
                List.of("cdrom0", "disk0", "nic1"));
        UUID vm = started(spec);
        String live = virsh("dumpxml", vm.toString());
        Map<UUID, PlacedDisk> places = Map.of(
                first.volumeId(), placed(first), second.volumeId(), placed(second), third.volumeId(), placed(third));
        Path isoFile = host.pool().resolve("images").resolve(iso + ".iso");
        assertThat(isoFile).exists();
        DomainPlace place = new DomainPlace("", Accelerator.TCG, 0, Path.of("/"), places, Map.of(iso, isoFile), null);
        assertThat(ReadSpec.of(live, spec)).isEqualTo(ReadSpec.expected(spec, place, "x86-64-v2"));
        assertThat(virsh("blkdeviotune", vm.toString(), "vda"))
                .containsPattern("read_bytes_sec\\s*: 1048576")
                .containsPattern("write_iops_sec\\s*: 200");
    }

    private static PlacedDisk placed(VolumeReport volume) {
        return new PlacedDisk(new DiskSource.OfFile(Path.of(volume.path())), true);
    }

    @Test
    void theTpmAndTheFirmwaresVariablesGoWithTheMachine() throws IOException {
        DomainSpec spec = plain("chips", EVERYTHING);
        UUID vm = started(spec);
        Eventually.holds(() -> tpmRuns(vm));
        assertThat(TPM_STATES.resolve(vm.toString())).isDirectory();
        assertThat(variables(spec.name())).hasSize(1);
        // The firmware finds nothing to start and waits; one that failed would have ended or reset.
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(TPM_STATES.resolve(vm.toString())).isDirectory();
        assertThat(variables(spec.name())).hasSize(1);
        host.power(DomainApi.UNDEFINE, vm);
        assertThat(TPM_STATES.resolve(vm.toString())).doesNotExist();
        assertThat(variables(spec.name())).isEmpty();
        Eventually.holds(() -> !tpmRuns(vm));
    }

    @Test
    void aMachineThatIsGivenUpWhileItRunsLeavesNothing() throws IOException {
        DomainSpec spec = plain("given-up", EVERYTHING);
        UUID vm = started(spec);
        host.power(DomainApi.UNDEFINE, vm);
        assertThat(TPM_STATES.resolve(vm.toString())).doesNotExist();
        assertThat(variables(spec.name())).isEmpty();
    }

    @Test
    void secureBootStarts() throws IOException {
        DomainSpec spec = plain("secure", new MachineSpec(null, null, Firmware.UEFI, true, true, null, null, false));
        UUID vm = started(spec);
        assertThat(virsh("dumpxml", vm.toString())).containsPattern("<loader[^>]*secure='yes'[^>]*>[^<]*(ms|secboot)");
        assertThat(variables(spec.name())).hasSize(1);
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void aGuestHasItsHardware() throws IOException {
        UUID iso = iso("FORTHEGUEST");
        VolumeReport boot = host.volume(host.tinyImage());
        DomainSpec spec = spec(
                "guest",
                new MachineSpec(new CpuTopology(1, 2, 1), "x86-64-v2", Firmware.BIOS, false, false, null, null, false),
                List.of(disk(boot, new DiskHardware(DiskBus.VIRTIO, Cache.AUTO, Discard.UNMAP, true, null))),
                List.of(new DomainSpec.Nic("default", "52:54:00:11:22:35")),
                List.of(new DomainSpec.Cdrom(iso, host.poolId())),
                List.of());
        UUID vm = started(spec);
        GuestShell shell = GuestShell.of(vm);
        assertThat(shell.run("grep -c ^processor /proc/cpuinfo")).isEqualTo("2");
        assertThat(shell.run("grep -m1 ^flags /proc/cpuinfo"))
                .contains(" sse4_2 ")
                .doesNotContain(" avx2 ");
        // 1 GiB in sectors: the image is smaller.
        assertThat(shell.run("cat /sys/block/vda/size")).isEqualTo(Long.toString((1L << 30) / 512));
        assertThat(virsh("qemu-monitor-command", vm.toString(), "{\"execute\": \"query-block\"}"))
                .contains(iso + ".iso")
                .contains("\"ro\":true");
        assertThatThrownBy(
                        () -> host.ask(HostStorageApi.DELETE_IMAGE, new HostStorageApi.ImageName(host.poolId(), iso)))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.CONFLICT);
                    assertThat(e).hasMessageContaining("CD-ROM drive").hasMessageContaining(vm.toString());
                });
        host.power(DomainApi.UNDEFINE, vm);
        host.ask(HostStorageApi.DELETE_IMAGE, new HostStorageApi.ImageName(host.poolId(), iso));
    }

    @Test
    void refusesWhatIsNotThere() {
        UUID diskImage = host.tinyImage();
        DomainSpec noIso = spec(
                "no-iso",
                MachineSpec.PLAIN,
                List.of(disk(host.volume(null), DiskHardware.PLAIN)),
                List.of(),
                List.of(new DomainSpec.Cdrom(diskImage, host.poolId())),
                List.of());
        assertThatThrownBy(() -> host.ask(DomainApi.DEFINE, new DomainApi.Define(noIso)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", "cdroms.imageId"));
        DomainSpec twice = spec(
                "twice",
                MachineSpec.PLAIN,
                List.of(disk(host.volume(null), DiskHardware.PLAIN)),
                List.of(),
                List.of(),
                List.of("disk0", "disk0"));
        assertThatThrownBy(() -> host.ask(DomainApi.DEFINE, new DomainApi.Define(twice)))
                .hasMessageContaining("boot order");
    }

    private static boolean tpmRuns(UUID vm) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            Path line = Path.of("/proc/" + process.pid() + "/cmdline");
            try {
                String words = new String(Files.readAllBytes(line), StandardCharsets.UTF_8);
                return words.contains("swtpm") && words.contains(vm.toString());
            } catch (IOException _) {
                return false;
            }
        });
    }

    private static List<Path> variables(String name) throws IOException {
        try (Stream<Path> all = Files.list(VARIABLES)) {
            return all.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList();
        }
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    @Test
    void oneBeginsWithTheVariablesThatAnotherHas() throws IOException {
        MachineSpec uefi = new MachineSpec(null, null, Firmware.UEFI, false, false, null, null, false);
        DomainSpec source = plain("source", uefi);
        DomainSpec clone = plain("clone", uefi);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(source));
        host.ask(DomainApi.DEFINE, new DomainApi.Define(clone));
        var bring = new VariablesApi.Bring(clone.vmId(), host.hostId(), source.vmId());
        Path brought = VARIABLES.resolve(clone.name() + "_VARS.fd");
        assertThat(host.ask(VariablesApi.BRING, bring).found()).isFalse();
        assertThat(brought).doesNotExist();
        host.power(DomainApi.START, source.vmId());
        Path theirs = VARIABLES.resolve(source.name() + "_VARS.fd");
        byte[] empty = Files.readAllBytes(Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd"));
        // The firmware writes to them before it looks for a disk, and then has nothing to start.
        Eventually.holds(() -> !Arrays.equals(content(theirs), empty));
        host.power(DomainApi.FORCE_STOP, source.vmId());
        assertThat(host.ask(VariablesApi.BRING, bring).found()).isTrue();
        assertThat(brought).hasSameBinaryContentAs(theirs);
        started(clone);
        assertThatThrownBy(() -> host.ask(VariablesApi.BRING, bring)).hasMessageContaining("runs, with UEFI variables");
        host.power(DomainApi.UNDEFINE, clone.vmId());
        assertThat(brought).doesNotExist();
        host.power(DomainApi.UNDEFINE, source.vmId());
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
