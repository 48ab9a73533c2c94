package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with a seed that is no disk on virtio: that QEMU starts shows that it could read what it was given. */
class SeedKindsIT {
    private final TestHost host;

    SeedKindsIT(@TempDir Path folder) {
        this.host = TestHost.start(folder, "importFolders: []");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String running(SeedKind kind, String metaData, String userData) {
        UUID vm = host.newVm();
        VolumeReport volume = host.volume(null);
        String seed = host.ask(
                        HostStorageApi.MAKE_SEED,
                        new HostStorageApi.MakeSeed(vm, host.poolId(), metaData, userData, "", kind))
                .path();
        DomainSpec spec = new DomainSpec(
                vm,
                "seed-" + vm.toString().substring(28),
                "",
                "ab".repeat(32),
                1,
                128L << 20,
                List.of(new DomainSpec.Disk(
                        volume.volumeId(), host.poolId(), volume.path(), volume.format(), false, DiskHardware.PLAIN)),
                List.of(),
                seed,
                MachineSpec.PLAIN,
                List.of(),
                List.of(),
                kind);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        assertThat(host.power(DomainApi.START, vm).state()).isEqualTo(PowerState.RUNNING);
        return vm.toString();
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    @Test
    void qemuHasIgnitionsConfiguration() {
        String vm = running(SeedKind.IGNITION, "", "{\"ignition\":{\"version\":\"3.3.0\"}}");
        assertThat(virsh("domblklist", vm)).doesNotContain("sda").doesNotContain("vdb");
        assertThat(virsh("qemu-monitor-command", "--hmp", vm, "info qtree")).contains("fw_cfg");
        assertThat(virsh("dumpxml", vm)).contains("opt/com.coreos/config");
    }

    @Test
    void aConfigDriveIsInACdRomDriveOnSata() {
        String vm = running(SeedKind.CONFIG_DRIVE, "{\"uuid\": \"x\"}", "#ps1_sysnative\n");
        assertThat(virsh("domblklist", "--details", vm)).containsPattern("file +cdrom +sda +/");
        assertThat(virsh("qemu-monitor-command", "--hmp", vm, "info block")).contains("read-only");
    }
}
