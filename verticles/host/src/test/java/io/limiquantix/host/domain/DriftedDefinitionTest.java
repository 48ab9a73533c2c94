package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What somebody changed in a definition of ours is found, and only that. */
class DriftedDefinitionTest {
    private static final long MIB = 1L << 20;
    private static final UUID VOLUME = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final DiskSource FILE = new DiskSource.OfFile(Path.of("/pool/volumes/a.qcow2"));
    private static final DomainSpec SPEC = new DomainSpec(
            UUID.fromString("01890000-0000-7000-8000-000000000002"),
            "web",
            "serves",
            "ab".repeat(32),
            2,
            512 * MIB,
            List.of(new DomainSpec.Disk(VOLUME, UUID.randomUUID(), "/pool/volumes/a.qcow2", "qcow2")),
            List.of(new DomainSpec.Nic("lan", "52:54:00:00:00:01")),
            null);
    private static final String MADE = DomainDocument.of(
            SPEC,
            new DomainPlace(
                    "web",
                    Accelerator.TCG,
                    8192 * MIB,
                    Path.of("/run/serial"),
                    Map.of(VOLUME, new PlacedDisk(FILE, true)),
                    Map.of(),
                    null));

    private static DriftedDefinition drifted(String xml) {
        EditDomain machine = new EditDomain(
                SPEC.vmId(),
                SPEC.digest(),
                SPEC.description(),
                SPEC.vcpus(),
                SPEC.memoryBytes(),
                SPEC.machine(),
                List.of());
        return new DriftedDefinition(xml, new Expected(machine, SPEC.disks(), SPEC.nics()), _ -> Set.of(FILE));
    }

    private static List<Difference> differences(String xml) {
        return drifted(xml).differences(8192 * MIB);
    }

    private static String changed(String what, String to) {
        assertThat(MADE).containsPattern(what);
        return MADE.replaceFirst(what, to);
    }

    @Test
    void whatWeMadeHasNotDrifted() {
        assertThat(differences(MADE)).isEmpty();
        assertThat(drifted(MADE).withoutStrange()).isEmpty();
    }

    @Test
    void whatIsNotOursIsNamedAndTakenOut() {
        String xml = changed(
                        "</devices>",
                        "<hostdev mode='subsystem' type='pci'/><interface type='bridge'><mac address='52:54:00:00:00:02'/>"
                                + "<source bridge='br0'/></interface><disk type='block' device='disk'><source dev='/dev/sdz'/>"
                                + "<target dev='vdx'/></disk></devices>")
                .replaceFirst("<devices>", "<cputune/><devices>");
        assertThat(differences(xml))
                .containsExactly(
                        new Difference("disks.vdx", "", "/dev/sdz"),
                        new Difference("nics.52:54:00:00:00:02", "", "br0"),
                        new Difference("unknown", "", "something that LimiQuantix does not know: <cputune>"),
                        new Difference("unknown", "", "something that LimiQuantix does not know: <devices/hostdev>"));
        Optional<String> cleaned = drifted(xml).withoutStrange();
        assertThat(differences(cleaned.orElseThrow())).isEmpty();
    }

    @Test
    void aDiskThatIsElsewhereIsTakenOutAndOneThatIsMissingIsNamed() {
        String elsewhere = changed("/pool/volumes/a\\.qcow2", "/etc/shadow");
        assertThat(differences(elsewhere))
                .containsExactly(new Difference("disks.vda.source", "/pool/volumes/a.qcow2", "/etc/shadow", VOLUME));
        String without = drifted(elsewhere).withoutStrange().orElseThrow();
        assertThat(differences(without)).contains(new Difference("disks." + VOLUME, "/pool/volumes/a.qcow2", ""));
    }

    @Test
    void aCardOnAnotherNetworkAndAnotherSizeAreFound() {
        assertThat(differences(changed("network=\"lan\"|network='lan'", "network='dmz'")))
                .containsExactly(new Difference("nics.52:54:00:00:00:01.network", "lan", "dmz"));
        assertThat(differences(changed(">512</memory>", ">1024</memory>")))
                .containsExactly(new Difference("memoryBytes", Long.toString(512 * MIB), Long.toString(1024 * MIB)));
    }

    @Test
    void aCacheThatWeNeverChooseAndLimitsAreFoundWhereNothingWasSaid() {
        String name = "disks.vda.";
        assertThat(differences(changed("cache=['\"][a-z]*['\"]", "cache='writethrough'")))
                .containsExactly(new Difference(name + "cache", "auto", "writethrough", VOLUME));
        assertThat(differences(changed("cache=['\"][a-z]*['\"]", "cache='writeback'")))
                .isEmpty();
        assertThat(differences(changed(
                        "<serial>",
                        "<iotune><read_iops_sec>100</read_iops_sec><write_bytes_sec>0</write_bytes_sec>"
                                + "<size_iops_sec>4096</size_iops_sec></iotune><serial>")))
                .containsExactly(
                        new Difference(name + "readIops", "", "100", VOLUME),
                        new Difference(name + "limits", "", "size_iops_sec", VOLUME));
    }
}
