package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest whose disk is a block device of its host. */
class DeviceGuestIT {
    private static final long MIB = 1L << 20;
    private final TestHost host;
    private final UUID pool = Uuid7.next();

    DeviceGuestIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @BeforeEach
    void openThePool() {
        var path = Map.of("path", host.folder().resolve("devices").toString());
        host.ask(HostStorageApi.OPEN_POOL, new HostStorageApi.OpenPool(pool, "loop", path, Map.of()));
    }

    @AfterEach
    void stop() {
        host.removeVms();
        host.ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(pool));
        host.close();
    }

    @Test
    void aDeviceGrowsUnderTheGuestThatBootedFromIt() {
        VolumeReport disk = volume(host.tinyImage(pool));
        assertThat(disk.path()).startsWith("/dev/");
        UUID vm = host.newVm();
        String name = "device-" + vm.toString().substring(24);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name, vm, pool, List.of(disk), null)));
        host.power(DomainApi.START, vm);
        Eventually.get(() -> host.lastChange(vm), r -> r != null && r.agentConnected());
        GuestShell guest = GuestShell.of(vm);
        assertThat(guest.run("cat /sys/class/block/vda/size")).isEqualTo(sectors(64 * MIB));
        var grow = new HostStorageApi.ResizeVolume(pool, disk.volumeId(), 96 * MIB);
        assertThat(host.ask(HostStorageApi.RESIZE_VOLUME, grow).sizeBytes()).isEqualTo(96 * MIB);
        Eventually.get(() -> guest.run("cat /sys/class/block/vda/size"), sectors(96 * MIB)::equals);
        assertThat(host.ask(HostStorageApi.RESIZE_VOLUME, grow).sizeBytes())
                .as("the same again")
                .isEqualTo(96 * MIB);
        guest.run("echo kept | dd of=/dev/vda bs=1M seek=95 conv=fsync");
        assertThat(guest.run("dd if=/dev/vda bs=1M skip=95 iflag=direct | head -c 4"))
                .contains("kept");
        var delete = new HostStorageApi.DeleteVolume(pool, disk.volumeId(), true);
        assertThatThrownBy(() -> host.ask(HostStorageApi.DELETE_VOLUME, delete))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.DELETE_VOLUME, delete);
    }

    private static String sectors(long bytes) {
        return Long.toString(bytes / 512);
    }

    private VolumeReport volume(UUID image) {
        return host.ask(
                HostStorageApi.CREATE_VOLUME,
                new HostStorageApi.CreateVolume(
                        pool,
                        Uuid7.next(),
                        "raw",
                        64 * MIB,
                        VolumeOrigin.ofImage(image),
                        true,
                        HostStorageApi.Preallocation.THIN));
    }
}
