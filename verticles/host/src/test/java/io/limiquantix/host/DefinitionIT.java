package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.Definition;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libvirt has of a domain, as people read it. */
class DefinitionIT {
    private final Path folder;
    private final TestHost host;

    DefinitionIT(@TempDir Path folder) {
        this.folder = folder;
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Definition read(UUID vm) {
        return host.ask(DomainApi.READ_DEFINITION, new DomainApi.Domain(vm));
    }

    @Test
    void isThatOfTheNextStartAndThatOfNowWhileItRuns() {
        UUID vm = host.tinyVm("xml-" + tail(UUID.randomUUID()));
        Definition off = read(vm);
        assertThat(off.live()).isNull();
        assertThat(off.defined()).contains("<uuid>" + vm + "</uuid>").isEqualTo(virsh("dumpxml", vm.toString()));
        host.power(DomainApi.START, vm);
        virsh("setmaxmem", vm.toString(), "512M", "--config");
        // While its guest boots, libvirt may say two things one after the other.
        Eventually.holds(() -> virsh("dumpxml", vm.toString()).equals(read(vm).live()));
        Definition on = read(vm);
        assertThat(on.live()).contains(" id='").doesNotContain("<memory unit='KiB'>524288</memory>");
        assertThat(on.defined())
                .isEqualTo(virsh("dumpxml", "--inactive", vm.toString()))
                .contains("<memory unit='KiB'>524288</memory>");
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(read(vm).live()).isNull();
    }

    @Test
    void hasNoPasswordInItThatLibvirtKnows() throws IOException {
        UUID vm = host.tinyVm("secret-" + tail(UUID.randomUUID()));
        String plain = virsh("dumpxml", vm.toString());
        Path changed = folder.resolve("changed.xml");
        Files.writeString(changed, plain.replaceFirst("<graphics type='vnc'", "<graphics type='vnc' passwd='of-vnc'"));
        virsh("define", changed.toString());
        host.power(DomainApi.START, vm);
        assertThat(virsh("dumpxml", "--security-info", vm.toString())).contains("of-vnc");
        Definition read = read(vm);
        assertThat(read.live()).contains("<graphics type='vnc'").doesNotContain("of-vnc");
        assertThat(read.defined()).contains("<graphics type='vnc'").doesNotContain("of-vnc");
    }

    @Test
    void isMissingWhereThereIsNoDomain() {
        assertThatThrownBy(() -> read(UUID.randomUUID()))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    private static String tail(UUID id) {
        return id.toString().substring(28);
    }

    /** With the line's end that libvirt writes and {@code virsh} doubles. */
    private static String virsh(String... words) {
        return new ProcessTool()
                        .run(CommandLine.of("virsh", "-q", "-c", "qemu:///system")
                                .with(words))
                        .strip()
                + "\n";
    }
}
