package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a real guest ends is told apart: what compute keeps as events rests on these words of libvirt. */
class EndingsIT {
    private final TestHost host;

    EndingsIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private UUID started(String name) {
        UUID vm = host.tinyVm(name + "-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        return vm;
    }

    private static void virsh(String... words) {
        new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }

    /** By what its command line says, which is longer than Java tells. */
    private static ProcessHandle processOf(UUID vm) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("\0-uuid\0" + vm + "\0"))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    void aGuestThatPowersItselfOff() {
        UUID vm = started("inside");
        GuestShell shell = GuestShell.of(vm);
        shell.run("(sleep 1; poweroff -f) >/dev/null 2>&1 &");
        assertThat(host.awaitState(vm, PowerState.STOPPED).reason()).isEqualTo("shutdown");
    }

    @Test
    void oneThatSomebodyEndsOnTheHost() {
        UUID vm = started("outside");
        virsh("destroy", vm.toString());
        assertThat(host.awaitState(vm, PowerState.STOPPED).reason()).isEqualTo("destroyed");
        virsh("start", vm.toString());
        assertThat(host.awaitState(vm, PowerState.RUNNING).reason()).isEqualTo("booted");
        virsh("suspend", vm.toString());
        assertThat(host.awaitState(vm, PowerState.PAUSED).reason()).isEqualTo("user");
        virsh("resume", vm.toString());
        assertThat(host.awaitState(vm, PowerState.RUNNING).reason()).isEqualTo("unpaused");
    }

    @Test
    void oneWhoseProcessDies() {
        UUID vm = started("killed");
        processOf(vm).destroyForcibly();
        DomainReport report = host.awaitState(vm, PowerState.CRASHED);
        assertThat(report.reason()).isEqualTo("crashed");
        assertThat(host.power(DomainApi.START, vm).state()).isEqualTo(PowerState.RUNNING);
    }
}
