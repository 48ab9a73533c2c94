package io.limiquantix.host.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.host.domain.RunningCpu;
import io.limiquantix.host.libvirt.DomainProcessors.Emulator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessorCheckTest {
    private static final long QEMU_7_2_22 = 7_002_022;
    private static final long QEMU_7_2_1 = 7_002_001;
    private static final long QEMU_8_0 = 8_000_000;
    private static final String NAMED = "<cpu mode='custom'><model>Haswell</model></cpu>";
    private static final String EPYC =
            "<model>EPYC</model><vendor>AMD</vendor><feature policy='require' name='vaes'/><feature policy='disable' name='npt'/>";
    private static final String PASSED_THROUGH = "<cpu mode='host-passthrough'>" + EPYC + "</cpu>";

    private static DomainCpu cpu(String xml, String type) {
        return new DomainCpu(xml, "pc-q35-7.2", "x86_64", type, 9_000_000, QEMU_7_2_22);
    }

    private static Optional<String> check(DomainCpu cpu, long qemu, String offered, @Nullable String lacking) {
        Optional<RunningCpu> host =
                RunningCpu.ofHost("<c><mode name='host-model' supported='yes'>" + offered + "</mode></c>");
        return new ProcessorCheck(cpu, qemu).obstacle(() -> host, () -> Optional.ofNullable(lacking));
    }

    @Test
    void ofKvmWhatLibvirtFindsLackingIsSaid() {
        assertThat(check(cpu(NAMED, "kvm"), QEMU_7_2_22, EPYC, null)).isEmpty();
        assertThat(check(cpu(NAMED, "kvm"), QEMU_7_2_22, EPYC, "it lacks hle").orElseThrow())
                .contains("Haswell", "it lacks hle", "Choose another host");
    }

    @Test
    void theHostsOwnProcessorHasToBeThereAgain() {
        DomainCpu passed = cpu(PASSED_THROUGH, "kvm");
        assertThat(check(passed, QEMU_7_2_22, EPYC, null)).isEmpty();
        assertThat(check(passed, QEMU_7_2_22, EPYC + "<feature policy='require' name='more'/>", null))
                .isEmpty();
        assertThat(check(passed, QEMU_7_2_22, EPYC.replace("vaes", "other"), null)
                        .orElseThrow())
                .contains("lacks vaes");
        assertThat(check(passed, QEMU_7_2_22, EPYC + "<feature policy='disable' name='vme'/>", null)
                        .orElseThrow())
                .contains("lacks vme");
        assertThat(check(passed, QEMU_7_2_22, "<model>Skylake-Server</model>", null)
                        .orElseThrow())
                .contains("is Skylake-Server");
        assertThat(check(passed, QEMU_7_2_22, "", null)).isNotEmpty();
        assertThat(check(cpu("<cpu mode='host-passthrough'/>", "kvm"), QEMU_7_2_22, EPYC, null))
                .isNotEmpty();
    }

    @Test
    void emulatedOnesAreTheSameInOneVersionOfQemu() {
        DomainCpu named = cpu(NAMED, "qemu");
        DomainCpu maximum = cpu("<cpu mode='maximum'/>", "qemu");
        assertThat(check(named, QEMU_7_2_1, EPYC, "it lacks hle")).isEmpty();
        assertThat(check(maximum, QEMU_7_2_1, EPYC, null)).isEmpty();
        assertThat(check(named, QEMU_8_0, EPYC, null)).isEmpty();
        assertThat(check(named, QEMU_8_0, EPYC, "it lacks hle")).isNotEmpty();
        assertThat(check(maximum, QEMU_8_0, EPYC, null).orElseThrow()).contains("QEMU 7.2", "QEMU 8.0");
    }

    @Test
    void theMachineHasToBeMadeThereInTheSameWay() {
        DomainCpu cpu = cpu(NAMED, "kvm");
        Set<String> machines = Set.of("pc-q35-7.2", "q35");
        assertThat(MachineCheck.obstacle(cpu, "kvm", new Emulator(QEMU_7_2_1, machines)))
                .isEmpty();
        assertThat(MachineCheck.obstacle(cpu, "kvm", new Emulator(QEMU_8_0, machines)))
                .isEmpty();
        assertThat(MachineCheck.obstacle(cpu, "qemu", new Emulator(QEMU_7_2_1, machines))
                        .orElseThrow())
                .contains("by KVM", "emulation");
        assertThat(MachineCheck.obstacle(cpu, "kvm", new Emulator(6_002_000, machines))
                        .orElseThrow())
                .contains("QEMU 7.2", "older QEMU 6.2");
        assertThat(MachineCheck.obstacle(cpu, "kvm", new Emulator(QEMU_8_0, Set.of("q35")))
                        .orElseThrow())
                .contains("no machine type pc-q35-7.2");
    }
}
