package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenSecretsTest {
    @Test
    void whatLetsSomebodyInIsNotShown() {
        String shown = HiddenSecrets.in("""
                <domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <metadata><other:access password="of-others" user="eve"/></metadata>
                  <devices>
                    <disk type='network'><source protocol='rbd' name='vms/disk:id=me:key=AQBcephx==:mon_host=10.0.0.1'/></disk>
                    <graphics type='vnc' port='-1' passwd='of-vnc' passwdValidTo='2030-01-01T00:00:00'/>
                  </devices>
                  <qemu:commandline><qemu:arg value='secret,id=sec0,format=raw,data=of-qemu,x=y'/></qemu:commandline>
                </domain>
                """);
        assertThat(shown)
                .doesNotContain("of-others", "AQBcephx", "of-vnc", "of-qemu")
                .contains(
                        "user=\"eve\"",
                        "vms/disk:id=me:key=********:mon_host=10.0.0.1",
                        "passwd='********' passwdValidTo='2030-01-01T00:00:00'",
                        "data=********,x=y");
    }

    @Test
    void theRestIsAsLibvirtWroteIt() {
        String xml = """
                <domain type='kvm'>
                  <name>web-1</name>
                  <disk><auth username='me'><secret type='ceph' uuid='0198c0de-0000-7000-8000-000000000001'/></auth></disk>
                </domain>
                """;
        assertThat(HiddenSecrets.in(xml)).isEqualTo(xml);
    }
}
