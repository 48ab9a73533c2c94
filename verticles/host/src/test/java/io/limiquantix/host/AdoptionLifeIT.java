package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.BootDevice;
import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.HostAdoptionApi.TakeFile;
import io.limiquantix.bus.host.HostAdoptionApi.TakenDisk;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsOfDomain;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.TinyGuest;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A domain that somebody else defined, as virt-install would, becomes ours and goes again while its guest runs. */
class AdoptionLifeIT {
    private static final String DIGEST = "cd".repeat(32);

    private final Path files;
    private final TestHost host;
    private final UUID uuid = UUID.randomUUID();

    AdoptionLifeIT(@TempDir Path files, @TempDir Path folder) throws IOException {
        this.files = files;
        Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwx--x--x"));
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        if (virsh("list", "--all", "--uuid").contains(uuid.toString())) {
            if (virsh("domstate", uuid.toString()).contains("running")) {
                virsh("destroy", uuid.toString());
            }
            virsh("undefine", uuid.toString());
        }
        host.close();
    }

    private Path disk() {
        return files.resolve("web.qcow2");
    }

    /** With what virt-install adds and we do not, and with metadata of other programs that looks like parts of a domain. */
    private void define() throws IOException {
        Files.copy(TinyGuest.image(), disk());
        Path link = Files.createSymbolicLink(files.resolve("link.qcow2"), disk());
        Path xml = files.resolve("web.xml");
        Files.writeString(xml, """
                <domain type='qemu'>
                  <name>web %s</name><uuid>%s</uuid><title>Our web server</title><description>made by hand</description>
                  <metadata><app xmlns='urn:example:app'><vcpu>many</vcpu><disk type='file'/></app></metadata>
                  <memory unit='MiB'>192</memory><vcpu>1</vcpu>
                  <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/><boot dev='network'/></os>
                  <features><acpi/><apic/><vmport state='off'/></features>
                  <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/></clock>
                  <pm><suspend-to-mem enabled='no'/></pm>
                  <devices>
                    <disk type='file' device='disk'><driver name='qemu' type='qcow2' discard='unmap'/><source file='%s'/>
                      <target dev='vda' bus='virtio'/></disk>
                    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
                    <interface type='network'><mac address='52:54:00:0a:0b:0c'/><source network='default'/>
                      <model type='virtio'/></interface>
                    <serial type='pty'><target port='0'/></serial><console type='pty'/>
                    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
                    <input type='tablet' bus='usb'/><graphics type='vnc' port='-1' listen='127.0.0.1'/>
                    <sound model='ich9'/><video><model type='virtio'/></video>
                    <watchdog model='i6300esb' action='reset'/><memballoon model='virtio'/>
                    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                  </devices>
                </domain>
                """.formatted(uuid.toString().substring(28), uuid, link));
        virsh("define", xml.toString());
    }

    private Adoptable read() {
        Adoptable found = host.ask(HostAdoptionApi.READ, domain());
        assertThat(found.reasons()).isEmpty();
        return found;
    }

    private DomainApi.Domain domain() {
        return new DomainApi.Domain(uuid);
    }

    private Adopt taken(Adoptable found) {
        HostAdoptionApi.Disk disk = found.disks().getFirst();
        UUID volume = Objects.requireNonNullElseGet(disk.volumeId(), Uuid7::next);
        var take = new TakeFile(disk.poolId(), volume, disk.file(), disk.format());
        VolumeReport report = host.ask(HostAdoptionApi.TAKE_FILE, take);
        assertThat(host.ask(HostAdoptionApi.TAKE_FILE, take)).isEqualTo(report);
        HostAdoptionApi.Nic nic = found.nics().getFirst();
        EditDomain machine = new EditDomain(
                uuid,
                DIGEST,
                found.description(),
                found.vcpus(),
                found.memoryBytes(),
                found.machine(),
                List.of(new BootDevice(volume, null, null), new BootDevice(null, null, nic.mac())));
        return new Adopt(
                new Expected(
                        machine,
                        List.of(new DomainSpec.Disk(
                                volume, disk.poolId(), report.path(), disk.format(), false, disk.hardware())),
                        List.of(new DomainSpec.Nic(nic.network(), nic.mac(), nic.hardware()))),
                List.of(new TakenDisk(volume, disk.target(), disk.source())));
    }

    private void release(UUID volume) {
        host.ask(HostAdoptionApi.RELEASE, domain());
        host.ask(HostAdoptionApi.RELEASE, domain());
        host.ask(HostAdoptionApi.LET_GO, new VolumeName(host.poolId(), volume));
    }

    private void assertNoDrift(Adopt adopt) {
        assertThat(host.ask(DriftApi.LOOK, adopt.expected()).differences()).isEmpty();
    }

    private static UUID volume(Adopt adopt) {
        return adopt.taken().getFirst().volumeId();
    }

    private String process() throws IOException {
        String name = virsh("domname", uuid.toString()).strip();
        return Files.readString(Path.of("/run/libvirt/qemu", name + ".pid")).strip();
    }

    @Test
    void oneThatRunsBecomesOursAndGoesAgainTwiceAndThenLivesAsOurs() throws IOException {
        define();
        virsh("start", uuid.toString());
        String process = process();
        Adoptable found = read();
        assertThat(found.bootOrder()).containsExactly("disk0", "nic0");
        assertThat(found.description()).isEqualTo("made by hand");
        assertThat(found.cdroms()).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            Adopt adopt = taken(read());
            DomainReport report = host.ask(HostAdoptionApi.ADOPT, adopt);
            assertThat(report.state()).isEqualTo(PowerState.RUNNING);
            assertThat(report.digest()).isEqualTo(DIGEST);
            assertThat(report.pending()).extracting(PendingChange::field).contains("disks.vda.source");
            assertNoDrift(adopt);
            assertThat(unmanaged()).doesNotContain(uuid);
            release(volume(adopt));
            assertThat(unmanaged()).contains(uuid);
            assertThat(virsh("dumpxml", "--inactive", uuid.toString()))
                    .contains("link.qcow2", "type='pty'", "autoport='yes'", "urn:example:app")
                    .doesNotContain("limiquantix");
            assertThat(virsh("dumpxml", uuid.toString())).doesNotContain("limiquantix");
            assertThat(Files.getAttribute(disk(), "unix:nlink")).isEqualTo(1);
            assertThatThrownBy(() -> host.power(DomainApi.UNDEFINE, uuid)).hasMessageContaining("is not LimiQuantix's");
            assertThat(process()).isEqualTo(process);
        }
        Adopt adopt = taken(read());
        host.ask(HostAdoptionApi.ADOPT, adopt);
        assertThat(process()).isEqualTo(process);
        waitsForItsNextStart(adopt);
        livesAsOurs(adopt);
    }

    /** As long as QEMU knows the disk by its former name. */
    private void waitsForItsNextStart(Adopt adopt) {
        assertThatThrownBy(() -> snapshot(volume(adopt)))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("Start it anew first");
        assertThatThrownBy(() -> host.ask(DomainApi.OPEN_CONSOLE, new DomainApi.OpenConsole(uuid, ConsoleKind.VNC)))
                .hasMessageContaining("after its next start");
        var delete = new HostStorageApi.DeleteVolume(host.poolId(), volume(adopt), true);
        assertThatThrownBy(() -> host.ask(HostStorageApi.DELETE_VOLUME, delete))
                .hasMessageContaining("is a disk of the running virtual machine");
        VolumeReport grown = host.ask(
                HostStorageApi.RESIZE_VOLUME, new HostStorageApi.ResizeVolume(host.poolId(), volume(adopt), 3L << 30));
        assertThat(grown.sizeBytes()).isEqualTo(3L << 30);
        assertThat(Files.exists(disk())).isTrue();
    }

    private void snapshot(UUID volume) {
        host.ask(
                HostStorageApi.CREATE_SNAPSHOTS,
                new SnapshotsOfDomain(
                        uuid, List.of(new SnapshotName(host.poolId(), volume, Uuid7.next())), false, null));
    }

    private void livesAsOurs(Adopt adopt) throws IOException {
        host.power(DomainApi.FORCE_STOP, uuid);
        assertThat(Files.exists(disk())).isTrue();
        DomainReport started = host.power(DomainApi.START, uuid);
        assertThat(started.state()).isEqualTo(PowerState.RUNNING);
        assertThat(started.pending()).isEmpty();
        assertThat(Files.exists(disk())).isFalse();
        assertNoDrift(adopt);
        host.ask(DomainApi.OPEN_CONSOLE, new DomainApi.OpenConsole(uuid, ConsoleKind.VNC));
        host.ask(DomainApi.DESCRIBE, new DomainApi.Describe(uuid, DIGEST, "described anew"));
        host.ask(DomainApi.DESCRIBE, new DomainApi.Describe(uuid, DIGEST, "made by hand"));
        assertNoDrift(adopt);
        Adopt again = goesAndComesByItsVolumesName(adopt);
        snapshot(volume(again));
        assertNoDrift(again);
        host.power(DomainApi.UNDEFINE, uuid);
        host.ask(HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(host.poolId(), volume(again), true));
        try (var left = Files.list(host.pool().resolve("volumes"))) {
            assertThat(left).isEmpty();
        }
    }

    /** Its disk has no other name any more. */
    private Adopt goesAndComesByItsVolumesName(Adopt adopt) {
        release(volume(adopt));
        assertThat(Files.exists(Path.of(adopt.expected().disks().getFirst().path())))
                .isTrue();
        Adopt again = taken(read());
        assertThat(volume(again)).isEqualTo(volume(adopt));
        host.ask(HostAdoptionApi.ADOPT, again);
        return again;
    }

    @Test
    void whatCannotBeTakenOverIsRefusedAndNothingHasChanged() throws IOException {
        define();
        Files.createLink(files.resolve("backup.qcow2"), disk());
        Adoptable found = host.ask(HostAdoptionApi.READ, domain());
        assertThat(found.reasons()).singleElement().asString().contains("another name as well (a hard link)");
        Files.delete(files.resolve("backup.qcow2"));
        Path over = files.resolve("over.qcow2");
        run("qemu-img", "create", "-f", "qcow2", "-b", disk().toString(), "-F", "qcow2", over.toString());
        Files.delete(files.resolve("link.qcow2"));
        Files.createSymbolicLink(files.resolve("link.qcow2"), over);
        assertThat(host.ask(HostAdoptionApi.READ, domain()).reasons())
                .singleElement()
                .asString()
                .contains("virsh blockpull");
        var take = new TakeFile(host.poolId(), Uuid7.next(), over.toString(), "qcow2");
        assertThatThrownBy(() -> host.ask(HostAdoptionApi.TAKE_FILE, take)).hasMessageContaining("blockpull");
        try (var left = Files.list(host.pool().resolve("volumes"))) {
            assertThat(left).isEmpty();
        }
        virsh("autostart", uuid.toString());
        assertThat(host.ask(HostAdoptionApi.READ, domain()).reasons())
                .anyMatch(reason -> reason.contains("autostart --disable"));
    }

    private List<UUID> unmanaged() {
        return host.ask(DomainApi.LIST_UNMANAGED, Nothing.NOTHING).items().stream()
                .map(each -> each.uuid())
                .toList();
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    private static void run(String program, String... words) {
        new ProcessTool().run(CommandLine.of(program).with(words));
    }
}
