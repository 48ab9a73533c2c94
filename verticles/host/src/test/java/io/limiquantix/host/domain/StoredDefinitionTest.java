package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.DiskSource.Monitor;
import io.limiquantix.storage.driver.DiskSource.OfRbd;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoredDefinitionTest {
    private static final UUID SECRET = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String XML = """
            <domain type='kvm'>
              <devices>
                <disk type='file' device='disk'><source file='/pool/a.qcow2'/><target dev='vda'/></disk>
                <disk type='network' device='disk'>
                  <driver name='qemu' type='raw'/>
                  <auth username='old'><secret type='ceph' uuid='%s'/></auth>
                  <source protocol='rbd' name='vms/disk'><host name='10.0.0.1' port='3300'/></source>
                  <target dev='vdb'/>
                </disk>
              </devices>
            </domain>
            """.formatted(SECRET);

    private static DiskSource elsewhere(DiskSource disk) {
        return disk instanceof OfRbd rbd
                ? new OfRbd(
                        rbd.image(),
                        List.of(new Monitor("10.0.0.8", 3300), new Monitor("fd00::9", 6789)),
                        "new",
                        rbd.secretId())
                : disk;
    }

    @Test
    void aDiskInCephStartsFromTheMonitorsAndAsTheUserOfNow() {
        String changed =
                StoredDefinition.withReach(XML, StoredDefinitionTest::elsewhere).orElseThrow();
        assertThat(changed)
                .contains("username=\"new\"", "10.0.0.8", "fd00::9", "vms/disk", "/pool/a.qcow2", SECRET.toString())
                .doesNotContain("10.0.0.1", "old");
        assertThat(StoredDefinition.withReach(changed, disk -> disk)).isEmpty();
    }

    @Test
    void whatIsReachedAsBeforeIsNotWrittenAgain() {
        assertThat(StoredDefinition.withReach(XML, disk -> disk)).isEmpty();
        String changed =
                StoredDefinition.withReach(XML, StoredDefinitionTest::elsewhere).orElseThrow();
        assertThat(StoredDefinition.withReach(changed, StoredDefinitionTest::elsewhere))
                .isEmpty();
    }
}
