package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ISO says of itself comes with its admission by a host. */
class IsoLifeIT {
    private final Path files;
    private final TestHost host;

    IsoLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(folder, "importFolders: [" + files + "]");
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private ImageReport admit(String format, Caller caller, UUID image, Path file) {
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(host.poolId(), image, file.toString()));
        return host.ask(
                HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, format, null), caller);
    }

    private Path iso(String label) throws IOException {
        Path tree = Files.createDirectories(files.resolve("tree"));
        Files.writeString(Files.createDirectories(tree.resolve(".disk")).resolve("info"), "Debian GNU/Linux 12.4.0\n");
        Path file = files.resolve("cd.iso");
        new ProcessTool()
                .run(CommandLine.of("xorriso", "-as", "mkisofs", "-quiet", "-R", "-V", label)
                        .with("-o", file.toString(), tree.toString()));
        return file;
    }

    @Test
    void theSameAnswerComesAgain() throws IOException {
        Path file = iso("Debian 12.4.0 amd64 n");
        UUID image = Uuid7.next();
        Caller caller = TestHost.caller();
        ImageReport report = admit("iso", caller, image, file);
        assertThat(report.iso())
                .isEqualTo(new IsoReport("Debian 12.4.0 amd64 n", "Debian GNU/Linux 12.4.0", null, null));
        var request = new HostStorageApi.AdmitImage(host.poolId(), image, "iso", null);
        assertThat(host.ask(HostStorageApi.ADMIT_IMAGE, request, caller)).isEqualTo(report);
    }

    @Test
    void aDiskSaysNothing() throws IOException {
        Path file = files.resolve("disk.raw");
        Files.write(file, new byte[1 << 20]);
        assertThat(admit("raw", TestHost.caller(), Uuid7.next(), file).iso()).isNull();
    }
}
