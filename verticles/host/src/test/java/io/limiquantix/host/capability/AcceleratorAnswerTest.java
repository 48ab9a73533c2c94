package io.limiquantix.host.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the answer of a probe holds; QEMU is played by a shell. */
class AcceleratorAnswerTest {
    private static final CommandLine TOO_SLOW = CommandLine.of("sleep", "60").within(Duration.ofMillis(1));
    private static final CommandLine GUEST_RAN = CommandLine.of("sh", "-c", "exit 85");

    private final AtomicInteger probes = new AtomicInteger();
    private final Path file;
    private CommandLine qemu = TOO_SLOW;
    private CommandLine probe = CommandLine.of("none");

    AcceleratorAnswerTest(@TempDir Path folder) {
        this.file = folder.resolve("accelerator.json");
    }

    @Test
    void probesAgainAfterAnUncertainAnswer() {
        assertThat(answer().reason()).contains("did not finish");
        qemu = GUEST_RAN;
        assertThat(answer().accelerator()).isEqualTo(Accelerator.KVM);
        qemu = TOO_SLOW;
        assertThat(answer().accelerator()).isEqualTo(Accelerator.KVM);
        assertThat(probes).hasValue(2);
    }

    @Test
    void believesAnUncertainAnswerThatCameTwice() {
        assertThat(answer().accelerator()).isEqualTo(Accelerator.TCG);
        assertThat(answer().accelerator()).isEqualTo(Accelerator.TCG);
        qemu = GUEST_RAN;
        assertThat(answer().accelerator()).isEqualTo(Accelerator.TCG);
        assertThat(probes).hasValue(2);
    }

    @Test
    void leavesNoProbeBehindWhenThisProcessIsKilled() {
        assertThat(answer().accelerator()).isEqualTo(Accelerator.TCG);
        assertThat(probe.words()).containsSubsequence("timeout", "--signal=KILL", "11", "qemu-system-x86_64");
    }

    private AcceleratorChoice answer() {
        KvmProbe probe = new KvmProbe(this::run, Path.of("/dev/null"));
        return new AcceleratorAnswer(AcceleratorSetting.AUTO, probe, file).get("1.2.3");
    }

    private String run(CommandLine command) {
        if (command.program().equals("id")) {
            return "0";
        }
        probes.incrementAndGet();
        probe = command;
        return new ProcessTool().run(qemu);
    }
}
