package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi.BootDevice;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a specification says, libvirt's own schema accepts what comes of it and libvirt keeps it as it was said. A failure names the
 * seed, with which {@code -Dspecs.seed=…} makes the same specifications again.
 */
class RandomDomainsIT {
    private static final int VALIDATED = 220;
    private static final int DEFINED = 40;
    private static final int SEEDED = 8;
    private static final long SEED =
            Long.getLong("specs.seed", ThreadLocalRandom.current().nextLong());

    private final ProcessTool tool = new ProcessTool();
    private final Path folder;

    RandomDomainsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theSchemaAcceptsThemAndNothingBreaksOutOfItsField() throws IOException {
        RandomSpecs specs = new RandomSpecs(
                SEED,
                List.of("host-passthrough", "host-model", "x86-64-v2", "x86-64-v3", "Nehalem", "EPYC-Rome"),
                List.of(WatchdogModel.I6300ESB));
        for (int i = 0; i < VALIDATED; i++) {
            DomainSpec spec = specs.next();
            DomainCheck.check(spec);
            Accelerator accelerator = i % 2 == 0 ? Accelerator.TCG : Accelerator.KVM;
            DomainPlace place = specs.place(spec, spec.name(), accelerator);
            String xml = DomainDocument.of(spec, place);
            String usual = accelerator == Accelerator.KVM ? "host-passthrough" : "x86-64-v2";
            assertThat(ReadSpec.of(xml, spec))
                    .as("seed %d, number %d:%n%s", SEED, i, xml)
                    .isEqualTo(ReadSpec.expected(spec, place, usual));
            validate(xml, i);
        }
    }

    /** Beside whatever other disks and drives there are; the guest has it on SATA. */
    @Test
    void aSeedInADriveIsOneMoreCdRomOnSata() throws IOException {
        RandomSpecs specs = new RandomSpecs(SEED, List.of("x86-64-v2"), List.of(WatchdogModel.I6300ESB));
        for (int i = 0; i < SEEDED; i++) {
            DomainSpec spec = seeded(specs.next(), SeedKind.CONFIG_DRIVE);
            String name = defined(specs, spec, i);
            try {
                assertThat(virsh("domblklist", "--details", "--inactive", name))
                        .as("seed %d, number %d", SEED, i)
                        .containsPattern("file +cdrom +sd[a-z]+ +/seed");
                String kept = virsh("dumpxml", "--inactive", name);
                assertThat(EditedDefinition.cdroms(XmlLookup.parse(kept)))
                        .as("the drives that can be changed")
                        .hasSameSizeAs(spec.cdroms());
            } finally {
                virsh("undefine", "--nvram", name);
            }
        }
    }

    /** What QEMU is started with is what libvirt makes of the definition. */
    @Test
    void ignitionsConfigurationIsGivenByTheFirmware() throws IOException {
        RandomSpecs specs = new RandomSpecs(SEED, List.of("x86-64-v2"), List.of(WatchdogModel.I6300ESB));
        for (int i = 0; i < SEEDED; i++) {
            DomainSpec spec = seeded(specs.next(), SeedKind.IGNITION);
            String name = defined(specs, spec, i);
            try {
                assertThat(virsh("dumpxml", "--inactive", name))
                        .as("seed %d, number %d", SEED, i)
                        .containsPattern("<entry name=.opt/com.coreos/config. file=./seed./>");
                assertThat(virsh("domblklist", "--details", "--inactive", name)).doesNotContain("/seed");
            } finally {
                virsh("undefine", "--nvram", name);
            }
        }
    }

    private static DomainSpec seeded(DomainSpec random, SeedKind kind) {
        return new DomainSpec(
                random.vmId(),
                random.name(),
                random.description(),
                random.digest(),
                random.vcpus(),
                random.memoryBytes(),
                random.disks(),
                random.nics(),
                "/seed",
                random.machine(),
                random.cdroms(),
                random.bootOrder(),
                kind);
    }

    private String defined(RandomSpecs specs, DomainSpec spec, int number) throws IOException {
        String name = "seeded-" + spec.vmId();
        String xml = DomainDocument.of(spec, specs.place(spec, name, Accelerator.TCG));
        validate(xml, number);
        virsh("define", Files.writeString(folder.resolve("domain.xml"), xml).toString());
        return name;
    }

    @Test
    void whatTheyAreEditedToIsWhatIsFoundInThemAfterwards() throws IOException {
        RandomSpecs specs = new RandomSpecs(
                SEED, List.of("host-model", "x86-64-v2", "x86-64-v3", "Nehalem"), List.of(WatchdogModel.I6300ESB));
        for (int i = 0; i < VALIDATED; i++) {
            DomainSpec before = specs.next();
            DomainSpec after = specs.edited(before, specs.next());
            DomainPlace place = specs.place(before, before.name(), Accelerator.TCG);
            EditDomain edit = edit(after);
            DomainCheck.check(edit);
            String xml = EditedDefinition.of(DomainDocument.of(before, place), edit, place.memoryBytes());
            // Without an order of its own it boots as before.
            DomainSpec expected = after.bootOrder().isEmpty() ? withOrder(after, before.bootOrder()) : after;
            assertThat(ReadSpec.of(xml, expected))
                    .as("seed %d, number %d:%n%s", SEED, i, xml)
                    .isEqualTo(ReadSpec.expected(expected, place, "x86-64-v2"));
            assertThat(EditedDefinition.of(xml, edit, place.memoryBytes()))
                    .as("the same once more")
                    .isEqualTo(xml);
            validate(xml, i);
        }
    }

    private static EditDomain edit(DomainSpec spec) {
        List<BootDevice> boot = spec.bootOrder().stream()
                .map(name -> {
                    String kind = name.replaceAll("\\d", "");
                    int index = Integer.parseInt(name.substring(kind.length()));
                    return switch (kind) {
                        case "disk" -> new BootDevice(spec.disks().get(index).volumeId(), null, null);
                        case "cdrom" -> new BootDevice(null, index, null);
                        default ->
                            new BootDevice(null, null, spec.nics().get(index).mac());
                    };
                })
                .toList();
        return new EditDomain(
                spec.vmId(), spec.digest(), spec.description(), spec.vcpus(), spec.memoryBytes(), spec.machine(), boot);
    }

    private static DomainSpec withOrder(DomainSpec spec, List<String> order) {
        return new DomainSpec(
                spec.vmId(),
                spec.name(),
                spec.description(),
                spec.digest(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.disks(),
                spec.nics(),
                spec.seedPath(),
                spec.machine(),
                spec.cdroms(),
                order,
                spec.seedKind());
    }

    private void validate(String xml, int number) throws IOException {
        Path file = Files.writeString(folder.resolve("domain.xml"), xml);
        try {
            tool.run(CommandLine.of("virt-xml-validate", file.toString(), "domain"));
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + SEED + ", number " + number + ":\n" + xml, e);
        }
    }

    @Test
    void libvirtKeepsThemAsTheyWereSaid() throws IOException {
        RandomSpecs specs = new RandomSpecs(
                SEED, List.of("host-model", "x86-64-v2", "x86-64-v3", "Nehalem"), List.of(WatchdogModel.I6300ESB));
        for (int i = 0; i < DEFINED; i++) {
            DomainSpec spec = specs.next();
            DomainPlace place = specs.place(spec, "random-" + spec.vmId(), Accelerator.TCG);
            String xml = DomainDocument.of(spec, place);
            Path file = Files.writeString(folder.resolve("domain.xml"), xml);
            virsh("define", file.toString());
            try {
                String kept = virsh("dumpxml", "--inactive", place.libvirtName());
                assertThat(ReadSpec.of(kept, spec))
                        .as("seed %d, number %d:%n%s", SEED, i, xml)
                        .isEqualTo(ReadSpec.expected(spec, place, "x86-64-v2"));
                assertThat(drift(kept, spec, place))
                        .as("what drifted, seed %d, number %d:%n%s", SEED, i, kept)
                        .isEmpty();
            } finally {
                virsh("undefine", "--nvram", place.libvirtName());
            }
        }
    }

    private static List<Difference> drift(String kept, DomainSpec spec, DomainPlace place) {
        var expected = new Expected(edit(spec), spec.disks(), spec.nics());
        var drifted = new DriftedDefinition(
                kept, expected, volume -> Set.of(place.disk(volume).source()));
        assertThat(drifted.withoutStrange()).isEmpty();
        return drifted.differences(place.memoryBytes());
    }

    private String virsh(String... words) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }
}
