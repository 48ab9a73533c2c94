package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.HostAdoptionApi.Disk;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.host.NicHardware.Model;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What domains of others would be as VMs, and what of them no VM can be. */
class AdoptableDefinitionTest {
    private static final UUID POOL = UUID.randomUUID();

    /** As libvirt keeps what virt-install writes for a server with UEFI. */
    private static final String SERVER = """
            <domain type='kvm'><name>server</name><title>A server</title>
              <metadata><app xmlns='urn:example:app'><memory>much</memory><interface/></app></metadata>
              <memory unit='KiB'>4194304</memory><currentMemory unit='KiB'>4194304</currentMemory>
              <vcpu placement='static' current='4'>8</vcpu>
              <cputune><shares>512</shares></cputune>
              <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
                <loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.secboot.fd</loader>
                <nvram>/var/lib/libvirt/qemu/nvram/server_VARS.fd</nvram></os>
              <features><acpi/><apic/><smm state='on'/></features>
              <cpu mode='host-passthrough' check='none' migratable='on'>
                <topology sockets='1' dies='1' cores='4' threads='2'/></cpu>
              <clock offset='localtime'/><on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot>
              <devices>
                <disk type='file' device='disk'><driver name='qemu' type='raw' cache='none' io='native' discard='unmap' iothread='1'/>
                  <source file='/srv/root.img'/><target dev='vda' bus='virtio'/><boot order='2'/></disk>
                <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/srv/data.qcow2'/>
                  <target dev='sdb' bus='scsi'/><serial>WD-123</serial>
                  <iotune><read_iops_sec>500</read_iops_sec><write_bytes_sec>1048576</write_bytes_sec></iotune></disk>
                <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><target dev='sda' bus='sata'/><readonly/>
                  <boot order='3'/></disk>
                <interface type='network'><mac address='52:54:00:AA:00:01'/><source network='lan'/><model type='e1000e'/>
                  <link state='down'/><bandwidth><inbound average='100'/></bandwidth><boot order='1'/></interface>
                <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
                <sound model='ich9'/><watchdog model='i6300esb' action='reset'/>
              </devices></domain>
            """;

    private static final AdoptableDefinition.Places PLACES = new AdoptableDefinition.Places() {
        @Override
        public Optional<AdoptableDefinition.Place> of(String source) {
            return Optional.of(new AdoptableDefinition.Place(Path.of(source), POOL, null));
        }

        @Override
        public List<String> obstacles(String target, String source, String format) {
            return List.of(target + " " + source + " " + format);
        }
    };

    @Test
    void aServerIsReadAsItIs() {
        AdoptableDefinition server = AdoptableDefinition.parse(SERVER);
        assertThat(server.unsayable()).isEmpty();
        assertThat(server.machine())
                .isEqualTo(new MachineSpec(
                        new CpuTopology(1, 4, 2),
                        "host-passthrough",
                        Firmware.UEFI,
                        true,
                        true,
                        new Watchdog(WatchdogModel.I6300ESB, WatchdogAction.RESET),
                        8,
                        false));
        assertThat(server.defined().vcpus()).isEqualTo(4);
        assertThat(server.bootOrder()).containsExactly("nic0", "disk0", "cdrom0");
        assertThat(server.cdroms()).isEqualTo(1);
        assertThat(server.inTheWayOfFiles(PLACES))
                .containsExactly("vda /srv/root.img raw", "sdb /srv/data.qcow2 qcow2");
        assertThat(server.disks(PLACES, target -> target.equals("vda") ? 5 : 7))
                .containsExactly(
                        disk("vda", "/srv/root.img", "raw", 5, DiskBus.VIRTIO, Cache.NONE, Discard.UNMAP, true, null),
                        disk(
                                "sdb",
                                "/srv/data.qcow2",
                                "qcow2",
                                7,
                                DiskBus.SCSI,
                                Cache.WRITEBACK,
                                Discard.IGNORE,
                                false,
                                new Limits(500L, null, null, 1048576L)));
        assertThat(server.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.mac()).isEqualTo("52:54:00:aa:00:01");
            assertThat(nic.network()).isEqualTo("lan");
            assertThat(nic.hardware())
                    .isEqualTo(new NicHardware(Model.E1000E, false, new Bandwidth(102_400L, null), null));
        });
        assertThat(server.runsOtherwise(SERVER)).isFalse();
        assertThat(server.runsOtherwise(SERVER.replace("/srv/data.qcow2", "/srv/over.qcow2")))
                .isTrue();
    }

    private static Disk disk(
            String target,
            String file,
            String format,
            long size,
            DiskBus bus,
            Cache cache,
            Discard discard,
            boolean ioThread,
            @Nullable Limits limits) {
        return new Disk(
                target, file, file, format, size, POOL, null, new DiskHardware(bus, cache, discard, ioThread, limits));
    }

    @Test
    void whatNoSpecSaysIsToldOneByOne() {
        String odd = SERVER.replace("<currentMemory unit='KiB'>4194304", "<currentMemory unit='KiB'>1048576")
                .replace("dies='1'", "dies='2'")
                .replace("<on_poweroff>destroy", "<on_poweroff>restart")
                .replace("cache='none'", "cache='unsafe'")
                .replace("<serial>WD-123</serial>", "<shareable/>")
                .replace("<read_iops_sec>500</read_iops_sec>", "<total_iops_sec>500</total_iops_sec>")
                .replace("average='100'", "average='100' burst='5'")
                .replace("type='emulator' version='2.0'", "type='passthrough'")
                .replace("<cputune>", "<numatune><memory mode='strict' nodeset='0'/></numatune><cputune>")
                .replace("<os>", "<os><kernel>/boot/vmlinuz</kernel>")
                .replace("<sound model='ich9'/>", "<graphics type='spice'><gl enable='yes'/></graphics>");
        assertThat(String.join("\n", AdoptableDefinition.parse(odd).unsayable()))
                .contains(
                        "less memory than it could have",
                        "several dies",
                        "\"restart\" with it when its guest powers off",
                        "a cache that is neither none",
                        "is \"shareable\"",
                        "limits of another kind than bytes",
                        "limits of another kind than an average",
                        "no emulated one",
                        "<numatune>",
                        "started from files of its host",
                        "drawn by a graphics card");
    }

    @Test
    void oneThatBootsByKindsOfDevicesBootsFromTheFirstOfEach() {
        String kinds = SERVER.replaceAll("<boot order='\\d'/>", "")
                .replace("</nvram>", "</nvram><boot dev='network'/><boot dev='cdrom'/><boot dev='hd'/>");
        assertThat(AdoptableDefinition.parse(kinds).bootOrder()).containsExactly("nic0", "cdrom0", "disk0");
    }
}
