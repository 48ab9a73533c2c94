package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.BootDevice;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain of ours that somebody changes with {@code virsh} while its guest runs. */
class DriftLifeIT {
    private final Path files;
    private final TestHost host;

    DriftLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void whatSomebodyChangedIsFoundAndTakenBackWhileTheGuestRunsOn() throws IOException {
        UUID vm = host.newVm();
        DomainSpec spec = host.spec("drift-" + vm.toString().substring(28), vm, host.volume(host.tinyImage()), null);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        Expected expected =
                expected(spec, List.of(new BootDevice(spec.disks().getFirst().volumeId(), null, null)));
        assertThat(look(expected)).isEmpty();
        host.power(DomainApi.START, vm);
        assertThat(look(expected)).isEmpty();
        change(vm);
        assertThat(look(expected))
                .contains(
                        new Difference("vcpus", Integer.toString(spec.vcpus()), "3"),
                        new Difference("cpu.maxVcpus", Integer.toString(spec.vcpus()), "3"),
                        new Difference("description", spec.description(), "by hand"),
                        new Difference(
                                "disks.vda.discard",
                                "unmap",
                                "ignore",
                                spec.disks().getFirst().volumeId()),
                        new Difference("disks.vdx", "", "/dev/null"),
                        new Difference("unknown", "", "something that LimiQuantix does not know: <devices/sound>"))
                .hasSize(6);
        host.ask(DriftApi.TAKE_OUT, expected);
        assertThat(look(expected))
                .extracting(Difference::field)
                .containsExactly("vcpus", "cpu.maxVcpus", "description", "disks.vda.discard");
        DomainSpec.Disk disk = spec.disks().getFirst();
        host.ask(DomainApi.EDIT_DISK, new DomainApi.EditDisk(vm, disk.volumeId(), disk.poolId(), disk.hardware()));
        host.ask(DomainApi.EDIT, expected.machine());
        assertThat(look(expected)).isEmpty();
        assertThat(virsh("domstate", vm.toString(), "--reason")).contains("running (booted)");
    }

    @Test
    void whatIsAcceptedIsFoundToBeOursOnceItIsWritten() throws IOException {
        UUID vm = host.newVm();
        DomainSpec spec = host.spec("accept-" + vm.toString().substring(28), vm, host.volume(null), null);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        Path changed = files.resolve("accepted.xml");
        Files.writeString(
                changed,
                virsh("dumpxml", "--inactive", vm.toString())
                        .replaceFirst("<vcpu[^>]*>\\d+<", "<vcpu>3<")
                        .replaceFirst("<memory [^>]*>\\d+<", "<memory unit='MiB'>512<")
                        .replaceFirst("<currentMemory [^>]*>\\d+<", "<currentMemory unit='MiB'>512<")
                        .replaceFirst("cache='[a-z]*'", "cache='writethrough'")
                        .replaceFirst("discard='unmap'", "discard='ignore'")
                        .replaceFirst("<serial>", "<iotune><read_iops_sec>500</read_iops_sec></iotune><serial>"));
        virsh("define", changed.toString());
        DomainSpec.Disk was = spec.disks().getFirst();
        var limits = new DiskHardware.Limits(500L, null, null, null);
        assertThat(look(expected(spec, List.of())))
                .contains(
                        new Difference("disks.vda.cache", "auto", "writethrough", was.volumeId()),
                        new Difference("disks.vda.readIops", "", "500", was.volumeId()));
        DiskHardware hardware =
                new DiskHardware(DiskHardware.DiskBus.VIRTIO, Cache.WRITETHROUGH, Discard.IGNORE, false, limits);
        var machine = new EditDomain(vm, "ab".repeat(32), spec.description(), 3, 512L << 20, spec.machine(), List.of());
        var disk = new DomainSpec.Disk(was.volumeId(), was.poolId(), was.path(), was.format(), false, hardware);
        Expected accepted = new Expected(machine, List.of(disk), spec.nics());
        host.ask(DomainApi.EDIT, machine);
        host.ask(DomainApi.EDIT_DISK, new DomainApi.EditDisk(vm, was.volumeId(), was.poolId(), hardware));
        assertThat(look(accepted)).isEmpty();
        host.power(DomainApi.START, vm);
        assertThat(look(accepted)).isEmpty();
    }

    private static Expected expected(DomainSpec spec, List<BootDevice> boot) {
        var machine = new EditDomain(
                spec.vmId(), spec.digest(), spec.description(), spec.vcpus(), spec.memoryBytes(), spec.machine(), boot);
        return new Expected(machine, spec.disks(), spec.nics());
    }

    /** As {@code virsh edit} does it. */
    private void change(UUID vm) throws IOException {
        Path changed = files.resolve("changed.xml");
        Files.writeString(
                changed,
                virsh("dumpxml", "--inactive", vm.toString())
                        .replaceFirst("<vcpu[^>]*>\\d+<", "<vcpu>3<")
                        .replaceFirst("<description>[^<]*</description>", "")
                        .replaceFirst("<metadata", "<description>by hand</description><metadata")
                        .replaceFirst("discard='unmap'", "discard='ignore'")
                        .replaceFirst(
                                "</devices>",
                                "<sound model='ich9'/><disk type='block' device='disk'><driver name='qemu' type='raw'/>"
                                        + "<source dev='/dev/null'/><target dev='vdx' bus='virtio'/></disk></devices>"));
        virsh("define", changed.toString());
    }

    private List<Difference> look(Expected expected) {
        return host.ask(DriftApi.LOOK, expected).differences();
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }
}
