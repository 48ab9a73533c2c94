package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.bus.host.UnmanagedDomain.Disk;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Domains that somebody defined with libvirt's own tools, on a host that all the tests share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnmanagedLifeIT {
    private static final String DISK = """
            <disk type='file' device='disk'><driver name='qemu' type='%s'/><source file='%s'/><target dev='vda' bus='virtio'/></disk>
            """;

    private final Path files;
    private final TestHost host;
    private final List<UUID> foreign = new ArrayList<>();

    UnmanagedLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterAll
    void stop() {
        foreign.forEach(uuid -> {
            if (virsh("domstate", uuid.toString()).contains("running")) {
                virsh("destroy", uuid.toString());
            }
            virsh("undefine", uuid.toString());
        });
        host.close();
    }

    private UUID define(String machine, String devices, String more) throws IOException {
        UUID uuid = UUID.randomUUID();
        Path xml = files.resolve(uuid + ".xml");
        Files.writeString(xml, """
                <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <name>foreign-%s</name><uuid>%s</uuid>
                  <metadata><libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
                    <libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo></metadata>
                  <memory unit='MiB'>64</memory><vcpu>1</vcpu>
                  <os><type arch='x86_64' machine='%s'>hvm</type></os>
                  <features><acpi/><apic/></features>
                  <devices>%s</devices>%s
                </domain>
                """.formatted(tail(uuid), uuid, machine, devices, more));
        virsh("define", xml.toString());
        foreign.add(uuid);
        return uuid;
    }

    private Optional<UnmanagedDomain> find(UUID uuid) {
        return host.ask(DomainApi.LIST_UNMANAGED, Nothing.NOTHING).items().stream()
                .filter(domain -> domain.uuid().equals(uuid))
                .findFirst();
    }

    @Test
    void thoseOfOthersAreListedWithWhatTheyHaveAndOursAreNot() throws IOException {
        UUID ours = host.tinyVm("ours-" + tail(UUID.randomUUID()));
        String inPool = host.volume(null).path();
        UUID plain = define("q35", DISK.formatted("qcow2", inPool), "");
        UUID odd = define(
                "pc",
                DISK.formatted("raw", files.resolve("gone.raw"))
                        + "<disk type='block' device='disk'><source dev='/dev/null'/><target dev='vdb' bus='virtio'/></disk>"
                        + "<disk type='network' device='disk'><source protocol='nbd' name='x'><host name='127.0.0.1'/></source>"
                        + "<target dev='vdc' bus='virtio'/></disk>"
                        + "<disk type='file' device='cdrom'><target dev='hdc' bus='ide'/><readonly/></disk>"
                        + "<interface type='user'><model type='rtl8139'/></interface><sound model='ich6'/>",
                "<qemu:commandline><qemu:arg value='-no-user-config'/></qemu:commandline>");
        assertThat(find(ours)).isEmpty();
        UnmanagedDomain found = find(plain).orElseThrow();
        assertThat(found.state()).isEqualTo(PowerState.STOPPED);
        assertThat(found.memoryBytes()).isEqualTo(64L << 20);
        assertThat(found.persistent()).isTrue();
        assertThat(found.reasons()).isEmpty();
        assertThat(found.disks()).singleElement().satisfies(disk -> {
            assertThat(disk.source()).isEqualTo(inPool);
            assertThat(disk.poolId()).isNotNull();
            assertThat(disk.sizeBytes()).isPositive();
        });
        UnmanagedDomain strange = find(odd).orElseThrow();
        assertThat(strange.disks()).extracting(Disk::kind).containsExactly("file", "block", "network", "file");
        assertThat(strange.disks()).extracting(Disk::poolId).containsOnlyNulls();
        assertThat(String.join("\n", strange.reasons()))
                .contains(
                        "lies in none of the pools",
                        "is of the kind block",
                        "is of the kind network",
                        "qemu:commandline");
    }

    @Test
    void oneThatRunsAndIsTransientIsListedAsSuch() throws IOException {
        UUID uuid = define("q35", "", "");
        virsh("start", "--paused", uuid.toString());
        virsh("undefine", uuid.toString());
        foreign.remove(uuid);
        try {
            UnmanagedDomain found = find(uuid).orElseThrow();
            assertThat(found.state()).isEqualTo(PowerState.PAUSED);
            assertThat(found.persistent()).isFalse();
            assertThat(found.reasons()).anyMatch(reason -> reason.contains("transient"));
        } finally {
            virsh("destroy", uuid.toString());
        }
    }

    private static String tail(UUID id) {
        return id.toString().substring(28);
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }
}
