package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where disks go, as libvirt is told and as it tells. */
class DiskDestinationTest {
    private static String domain(String mirror) {
        return """
                <domain type='qemu'><devices><disk type='file' device='disk'>
                  <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
                  <source file='/one/a.qcow2' index='3'/>
                  <backingStore type='file'><format type='qcow2'/><source file='/one/image.qcow2'/></backingStore>
                  %s
                  <target dev='vdb' bus='virtio'/>
                  <serial>a</serial>
                </disk></devices></domain>
                """.formatted(mirror);
    }

    private static DiskDestination to(DiskSource source, boolean direct, String format) {
        return new DiskDestination("a", new PlacedDisk(source, direct), format, DiskHardware.PLAIN);
    }

    private static DiskSource rbd() {
        return new DiskSource.OfRbd("pool/a", List.of(new DiskSource.Monitor("10.0.0.1", 6789)), "me", new UUID(1, 2));
    }

    private static DiskWhereabouts at(String xml) {
        return DiskWhereabouts.find(xml, "a").orElseThrow();
    }

    @Test
    void aDiskIsDefinedAtItsNewPlaceAndStaysTheSameToItsGuest() {
        String moved =
                to(new DiskSource.OfFile(Path.of("/two/a.raw")), false, "raw").in(domain(""));
        assertThat(at(moved).path()).isEqualTo("/two/a.raw");
        assertThat(at(moved).cached()).isTrue();
        assertThat(moved)
                .contains("type=\"raw\"", "<target bus=\"virtio\" dev=\"vdb\"/>", "discard=\"unmap\"")
                .doesNotContain("backingStore", "/one/");
    }

    @Test
    void oneInCephIsReachedWithItsKeyWhereverLibvirtLooksForIt() {
        DiskDestination to = to(rbd(), false, "raw");
        String moved = to.in(domain(""));
        assertThat(at(moved).path()).isEqualTo(to.path()).isEqualTo("rbd:pool/a");
        assertThat(RbdDisk.read(XmlLookup.parse(moved).elements("disk").getFirst()))
                .contains((DiskSource.OfRbd) rbd());
        assertThat(to.document()).matches("(?s).*<source [^>]*protocol=\"rbd\".*<auth .*</auth>\\s*</source>.*");
    }

    @Test
    void aDefinitionFollowsTheRunningDisk() {
        String live = to(new DiskSource.OfDevice(Path.of("/dev/group/a")), true, "raw")
                .in(domain(""));
        String followed = DiskDestination.followed(domain(""), live, "a");
        assertThat(at(followed).path()).isEqualTo("/dev/group/a");
        assertThat(followed).contains("type=\"block\"").doesNotContain("index=");
        assertThatThrownBy(() -> DiskDestination.followed(domain(""), live, "b"))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void itIsSeenWhereADiskIsCopiedToAndWhetherTheCopyIsTheSame() {
        assertThat(at(domain("")).copyPath()).isNull();
        assertThat(at(domain("")).target()).isEqualTo("vdb");
        DiskWhereabouts copying =
                at(domain("<mirror type='file' job='copy'><format type='raw'/><source file='/two/a.raw'/></mirror>"));
        assertThat(copying.path()).isEqualTo("/one/a.qcow2");
        assertThat(copying.copyPath()).isEqualTo("/two/a.raw");
        assertThat(copying.copyReady()).isFalse();
        assertThat(
                        at(
                                domain(
                                        "<mirror type='network' job='copy' ready='yes'><source protocol='rbd' name='pool/a'/></mirror>")))
                .satisfies(ready -> {
                    assertThat(ready.copyPath()).isEqualTo("rbd:pool/a");
                    assertThat(ready.copyReady()).isTrue();
                });
        assertThat(at(domain("<mirror type='file' job='active-commit' ready='yes'/>"))
                        .copyPath())
                .isNull();
    }
}
