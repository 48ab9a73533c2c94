package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.UnmanagedDomain.Disk;
import io.limiquantix.bus.host.UnmanagedDomain.Nic;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Definitions that others make are read, whatever is in them, and what keeps them from being ours is said. */
class ForeignDefinitionTest {
    private static final UUID POOL = UUID.randomUUID();
    /** As virt-install writes it for a cloud image with a passed-through card. */
    private static final String ODD = """
            <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
              <name>odd</name>
              <metadata>
                <libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>
                  <libosinfo:os id='http://debian.org/debian/12'/>
                </libosinfo:libosinfo>
                <app xmlns='urn:example:app'><disk type='file'/><interface/><vcpu>many</vcpu><memory>much</memory></app>
              </metadata>
              <memory unit='MB'>1000</memory>
              <vcpu placement='static' current='2'>4</vcpu>
              <os firmware='efi'><type arch='x86_64' machine='pc-i440fx-9.2'>hvm</type></os>
              <devices>
                <disk type='file' device='disk'>
                  <driver name='qemu' type='qcow2'/>
                  <source file='/pool/volumes/../volumes/a b.qcow2'/>
                  <target dev='vda' bus='virtio'/>
                </disk>
                <disk type='block' device='disk'><source dev='/dev/sdz'/><target dev='vdb' bus='virtio'/></disk>
                <disk type='network' device='disk'>
                  <source protocol='nbd' name='x'><host name='h'/></source><target dev='hda' bus='ide'/>
                </disk>
                <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
                <disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>
                <interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/><model type='rtl8139'/></interface>
                <interface type='user'/>
                <hostdev mode='subsystem' type='pci'><source/></hostdev>
                <sound model='ich9'/>
              </devices>
              <qemu:commandline><qemu:arg value='-S'/></qemu:commandline>
            </domain>
            """;

    private static @Nullable UUID pool(Path file) {
        return file.startsWith("/pool") ? POOL : null;
    }

    private static List<Disk> disks(ForeignDefinition definition) {
        return definition.disks(target -> target.equals("vda") ? 7L : null, ForeignDefinitionTest::pool);
    }

    @Test
    void onlyWhatIsWhereLibvirtPutsItCounts() {
        ForeignDefinition definition = ForeignDefinition.parse(ODD);
        assertThat(definition.vcpus()).isEqualTo(2);
        assertThat(definition.memoryBytes()).isEqualTo(1_000_000_000);
        assertThat(definition.firmware()).isEqualTo("uefi");
        assertThat(disks(definition))
                .startsWith(
                        new Disk(
                                "vda",
                                "disk",
                                "file",
                                "/pool/volumes/../volumes/a b.qcow2",
                                "qcow2",
                                7L,
                                "virtio",
                                POOL),
                        new Disk("vdb", "disk", "block", "/dev/sdz", null, null, "virtio", null),
                        new Disk("hda", "disk", "network", "x", null, null, "ide", null),
                        new Disk("sda", "cdrom", "file", null, null, null, "sata", null))
                .hasSize(5);
        assertThat(definition.nics())
                .containsExactly(
                        new Nic("52:54:00:00:00:01", "bridge", "br0", "rtl8139"), new Nic("", "user", null, ""));
    }

    @Test
    void whateverStandsInTheWayIsSaid() {
        ForeignDefinition definition = ForeignDefinition.parse(ODD);
        List<String> reasons = Obstacles.of(definition, disks(definition), definition.nics(), false);
        assertThat(String.join("\n", reasons))
                .contains("It is transient")
                .contains("pc-i440fx-9.2")
                .contains("cannot represent: hostdev.")
                .contains("qemu:commandline")
                .contains("disk vdb is of the kind block")
                .contains("on the bus ide")
                .contains("floppy fda")
                .contains("is on a bridge (br0)")
                .contains("is a rtl8139")
                .contains("no whole number of MiB")
                .doesNotContain("sound")
                .doesNotContain("cdrom sda");
        assertThat(UnknownElements.in(definition.domain()))
                .containsExactly("devices/hostdev", "devices/sound", "qemu:commandline");
    }

    @Test
    void nothingStandsInTheWayOfAPlainMachine() {
        ForeignDefinition plain = ForeignDefinition.parse("""
                <domain type='qemu'><memory>1048576</memory><vcpu>1</vcpu>
                  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
                  <devices>
                    <disk type='file'><driver name='qemu' type='raw'/><source file='/pool/volumes/a.raw'/>
                      <target dev='sda' bus='sata'/></disk>
                    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/>
                      <model type='virtio'/></interface>
                  </devices></domain>
                """);
        assertThat(Obstacles.of(plain, disks(plain), plain.nics(), true)).isEmpty();
        assertThat(plain.memoryBytes()).isEqualTo(1L << 30);
    }

    @Test
    void anEmptyDefinitionIsReadToo() {
        ForeignDefinition empty = ForeignDefinition.parse("<domain type='xen'/>");
        assertThat(empty.vcpus()).isZero();
        assertThat(empty.memoryBytes()).isZero();
        assertThat(disks(empty)).isEmpty();
        assertThat(Obstacles.of(empty, List.of(), List.of(), true))
                .anyMatch(reason -> reason.contains("of the kind xen"))
                .contains("It has no disk.");
    }
}
