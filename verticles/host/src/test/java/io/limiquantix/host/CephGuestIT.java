package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.domain.XmlLookup;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.ceph.CephBed;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** A guest that boots from a disk in Ceph, with the libvirtd and QEMU of this machine and a real cluster. */
@EnabledIfSystemProperty(
        named = "ceph.env",
        matches = "/.+",
        disabledReason = "needs the file that scripts/testbed/ceph up writes")
class CephGuestIT {
    private static final long MIB = 1L << 20;
    private final CephBed bed;
    private final TestHost host;
    private final UUID pool = Uuid7.next();

    CephGuestIT(@TempDir Path folder) throws IOException {
        bed = new CephBed(Path.of(System.getProperty("ceph.env", "/")));
        bed.wipe();
        host = TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @BeforeEach
    void openThePool() {
        Map<String, String> settings = new HashMap<>(bed.settings());
        settings.remove("key");
        host.ask(
                HostStorageApi.OPEN_POOL,
                new HostStorageApi.OpenPool(pool, "ceph", settings, Map.of("key", Secret.of(bed.key()))));
    }

    @AfterEach
    void stop() {
        host.removeVms();
        // It takes libvirt's secret along.
        host.ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(pool));
        host.close();
        bed.wipe();
    }

    @Test
    void aGuestLivesOnDisksInCeph() {
        VolumeReport system = volume(128 * MIB, host.tinyImage(pool));
        VolumeReport data = volume(8 * MIB, null);
        UUID vm = started(system, data);
        String secret = attribute(disk(vm, "vda"), "secret", "uuid");
        GuestShell guest = GuestShell.of(vm);
        growUnder(guest, system, data);
        var snapshot = new HostStorageApi.SnapshotName(pool, data.volumeId(), Uuid7.next());
        write(guest, "before the snapshot");
        host.ask(HostStorageApi.CREATE_SNAPSHOT, snapshot);
        write(guest, "after the snapshot!");
        assertThat(beginsWith(data, "after the snapshot!")).isTrue();
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, snapshot));
        refused(FailureCode.CONFLICT, () -> delete(system));
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(pool)));

        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, snapshot);
        assertThat(beginsWith(data, "before the snapshot")).isTrue();
        host.power(DomainApi.UNDEFINE, vm);
        delete(system);
        assertThat(virsh("secret-list")).contains(secret);
        host.ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(pool));
        assertThat(virsh("secret-list")).doesNotContain(secret);
    }

    @Test
    void whatTheGuestDiscardsTheClusterGetsBack() {
        VolumeReport data = volume(16 * MIB, null);
        UUID vm = started(volume(64 * MIB, host.tinyImage(pool)), data);
        GuestShell guest = GuestShell.of(vm);
        guest.run("dd if=/dev/urandom of=/dev/vdb bs=1M count=16 conv=fsync");
        Eventually.holds(() -> allocated(data) == 16 * MIB);
        guest.run("blkdiscard /dev/vdb");
        Eventually.holds(() -> allocated(data) == 0);
    }

    @Test
    void libvirtIsToldWhereTheDiskIsAndWhoMayReadIt() {
        UUID vm = started(volume(64 * MIB, host.tinyImage(pool)));
        Element disk = disk(vm, "vda");
        assertThat(disk.getAttribute("type")).isEqualTo("network");
        assertThat(attribute(disk, "driver", "discard")).isEqualTo("unmap");
        assertThat(attribute(disk, "driver", "type")).isEqualTo("raw");
        assertThat(attribute(disk, "source", "protocol")).isEqualTo("rbd");
        assertThat(attribute(disk, "auth", "username")).isEqualTo(bed.settings().get("user"));
        assertThat(attribute(disk, "host", "name") + ":" + attribute(disk, "host", "port"))
                .isEqualTo(bed.settings().get("monitors"));
        assertThat(virsh("secret-list")).contains(attribute(disk, "secret", "uuid"));
        assertThat(virsh("dumpxml", "--security-info", vm.toString())).doesNotContain(bed.key());
    }

    private VolumeReport volume(long bytes, @Nullable UUID image) {
        return host.ask(
                HostStorageApi.CREATE_VOLUME,
                new HostStorageApi.CreateVolume(
                        pool,
                        Uuid7.next(),
                        "raw",
                        bytes,
                        VolumeOrigin.ofImage(image),
                        false,
                        HostStorageApi.Preallocation.THIN));
    }

    /** Once its agent answers. */
    private UUID started(VolumeReport... disks) {
        UUID vm = host.newVm();
        String name = "ceph-" + vm.toString().substring(24);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name, vm, pool, List.of(disks), null)));
        host.power(DomainApi.START, vm);
        Eventually.get(() -> host.lastChange(vm), r -> r != null && r.agentConnected());
        Eventually.holds(
                () -> host.ask(DomainApi.ASK_AGENT, new DomainApi.Domain(vm)).answered());
        return vm;
    }

    private void grow(VolumeReport volume, long bytes) {
        var request = new HostStorageApi.ResizeVolume(pool, volume.volumeId(), bytes);
        assertThat(host.ask(HostStorageApi.RESIZE_VOLUME, request).sizeBytes()).isEqualTo(bytes);
    }

    private void growUnder(GuestShell guest, VolumeReport system, VolumeReport data) {
        assertThat(sizeInside(guest, "vda")).isEqualTo(128 * MIB);
        grow(system, 192 * MIB);
        Eventually.holds(() -> sizeInside(guest, "vda") == 192 * MIB);
        grow(data, 16 * MIB);
        Eventually.holds(() -> sizeInside(guest, "vdb") == 16 * MIB);
    }

    private static long sizeInside(GuestShell guest, String disk) {
        return 512 * Long.parseLong(guest.run("cat /sys/class/block/" + disk + "/size"));
    }

    private static void write(GuestShell guest, String text) {
        guest.run("echo '" + text + "' | dd of=/dev/vdb conv=fsync");
    }

    /** Whether the volume begins with this. */
    private boolean beginsWith(VolumeReport volume, String text) {
        Path file = host.folder().resolve(UUID.randomUUID() + ".raw");
        bed.rbd("export", "--no-progress", volume.path().substring("rbd:".length()), file.toString());
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(text.length()), StandardCharsets.UTF_8).equals(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long allocated(VolumeReport volume) {
        return host.ask(HostStorageApi.LIST_VOLUMES, new HostStorageApi.PoolName(pool)).volumes().stream()
                .filter(v -> v.volumeId().equals(volume.volumeId()))
                .findFirst()
                .orElseThrow()
                .allocatedBytes();
    }

    private void delete(VolumeReport volume) {
        host.ask(HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(pool, volume.volumeId(), true));
    }

    private static Element disk(UUID vm, String target) {
        return XmlLookup.parse(virsh("dumpxml", vm.toString())).elements("disk").stream()
                .filter(d -> attribute(d, "target", "dev").equals(target))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(Element disk, String element, String attribute) {
        return ((Element) disk.getElementsByTagName(element).item(0)).getAttribute(attribute);
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
