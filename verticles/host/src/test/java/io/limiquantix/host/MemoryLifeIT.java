package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that gets memory beyond what it was started with. It leaves new memory unused until its agent is asked, as Debian does. */
class MemoryLifeIT {
    private static final long MIB = 1L << 20;
    private static final long START = 2048 * MIB;

    private final Path folder;
    private TestHost host;
    private final UUID vm;

    MemoryLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.folder = files;
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
        this.vm = host.newVm();
        DomainSpec plain = host.spec("memory-" + vm.toString().substring(28), vm, host.volume(host.tinyImage()), null);
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(new DomainSpec(
                        vm,
                        plain.name(),
                        plain.description(),
                        plain.digest(),
                        1,
                        START,
                        plain.disks(),
                        plain.nics(),
                        null)));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private DomainReport edit(long memoryBytes) {
        return host.ask(
                DomainApi.EDIT,
                new EditDomain(vm, "ef".repeat(32), "larger", 1, memoryBytes, MachineSpec.PLAIN, List.of()));
    }

    @Test
    void aGuestGetsMoreThanItWasStartedWithAndKeepsIt() {
        host.power(DomainApi.START, vm);
        GuestShell shell = GuestShell.of(vm);
        long before = memoryOf(shell);
        long more = START + 256 * MIB;
        assertThat(edit(more).pending()).isEmpty();
        assertThat(memoryOf(shell)).isEqualTo(before + 256 * 1024);
        assertThat(edit(more).pending()).as("the same once more").isEmpty();
        assertThat(virsh("dumpxml", "--inactive", vm.toString()))
                .contains("<memory unit='KiB'>" + (more >> 10) + "</memory>")
                .doesNotContain("<memory model");

        host = host.startedAnew();
        assertThat(host.power(DomainApi.GET, vm).pending()).isEmpty();
        host.power(DomainApi.SUSPEND, vm);
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        assertThat(memoryOf(GuestShell.of(vm))).isEqualTo(before + 256 * 1024);

        assertThat(edit(more + 100 * MIB).pending())
                .as("what is no multiple of 128 MiB")
                .containsExactly(pending(more, more + 100 * MIB));
        host.power(DomainApi.RESET, vm);
        GuestShell booted = GuestShell.of(vm);
        Eventually.holds(() -> {
            // Whoever looks after guests asks so, after each boot and from time to time.
            host.ask(DomainApi.ASK_AGENT, new DomainApi.Domain(vm));
            return memoryOf(booted) == before + 256 * 1024;
        });
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        assertThat(virsh("dumpxml", vm.toString()))
                .contains("<currentMemory unit='KiB'>" + ((more >> 10) + 100 * 1024) + "</currentMemory>")
                .doesNotContain("<memory model");
        // A kernel keeps a sixty-fourth of what it boots with for its own books.
        assertThat(memoryOf(GuestShell.of(vm))).isGreaterThan(before + 340 * 1024);
    }

    @Test
    void oneThatWasStartedWithoutRoomGetsItAtItsNextStart() throws IOException {
        String defined = virsh("dumpxml", "--inactive", vm.toString());
        assertThat(defined).contains("<maxMemory slots='16'").contains("<numa>");
        String old = defined.replaceAll("<maxMemory.*</maxMemory>", "").replaceAll("(?s)<numa>.*</numa>", "");
        virsh("define", Files.writeString(folder.resolve("old.xml"), old).toString());
        host.power(DomainApi.START, vm);
        long before = memoryOf(GuestShell.of(vm));
        long more = START + 256 * MIB;
        assertThat(edit(more).pending()).containsExactly(pending(START, more));
        assertThat(memoryOf(GuestShell.of(vm))).isEqualTo(before);
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.power(DomainApi.START, vm).pending()).isEmpty();
        GuestShell shell = GuestShell.of(vm);
        long larger = memoryOf(shell);
        assertThat(edit(more + 128 * MIB).pending()).isEmpty();
        assertThat(memoryOf(shell)).isEqualTo(larger + 128 * 1024);
    }

    private static PendingChange pending(long now, long then) {
        return new PendingChange("memoryBytes", Long.toString(now), Long.toString(then));
    }

    /** In KiB. */
    private static long memoryOf(GuestShell shell) {
        return Long.parseLong(shell.run("awk '$1 == \"MemTotal:\" { print $2 }' /proc/meminfo"));
    }

    private static String virsh(String... words) {
        return new ProcessTool()
                .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words))
                .strip();
    }
}
