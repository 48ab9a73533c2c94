package io.limiquantix.host;

import static io.limiquantix.host.testing.CutOff.assertCutOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DiskBytes;
import io.limiquantix.bus.host.HostTransferApi.ExportAppliance;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host makes files of whole machines and of images in other formats. */
class MachineExportIT {
    private static final Executor THREADS = Thread::startVirtualThread;
    private static final long BYTES = 150L << 20;

    private final Path files;
    private final UUID image = Uuid7.next();
    private final UUID export = Uuid7.next();
    private final ProcessTool tool = new ProcessTool();
    private TestHost host;

    MachineExportIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(folder, "importFolders: [" + files + "]");
    }

    /** What cannot be compressed takes seconds to be exported. */
    @BeforeEach
    void makeImage() {
        sh("head -c 150M /dev/urandom > disk.raw");
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(
                        host.poolId(), image, files.resolve("disk.raw").toString()));
        host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "raw", null));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String sh(String command) {
        return tool.run(CommandLine.of("sh", "-c", "cd " + files + " && " + command));
    }

    private ExportAppliance wish(DiskBytes... disks) {
        var hardware = new ApplianceHardware(
                "mail",
                null,
                "Debian 12",
                2,
                1L << 30,
                "uefi",
                List.of(new ApplianceHardware.Nic("lan")),
                Stream.of(disks)
                        .map(disk -> new ApplianceHardware.Disk(BYTES, null))
                        .toList());
        return new ExportAppliance(export, hardware, "Relays mail.", List.of(disks));
    }

    private ExportAppliance wish() {
        return wish(DiskBytes.ofImage(host.poolId(), image), DiskBytes.NOTHING);
    }

    private Path exports() {
        return host.folder().resolve("host/exports");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(exports())) {
            return all.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private CompletableFuture<FailureException> beingMade() {
        TestHost now = host;
        var made = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        FailureException.class, () -> now.ask(HostTransferApi.EXPORT_APPLIANCE, wish())),
                THREADS);
        Eventually.holds(() -> {
            var look = host.ask(HostTransferApi.LOOK_AT_EXPORT, new HostTransferApi.Export(export));
            return look.state() == CopyState.COPYING && look.percent() > 0;
        });
        return made;
    }

    @Test
    void whatWasMadeIsAnsweredAgainAndReadByTarAndOurselves() throws IOException {
        Caller caller = TestHost.caller();
        var made = host.ask(HostTransferApi.EXPORT_APPLIANCE, wish(), caller);
        assertThat(host.ask(HostTransferApi.EXPORT_APPLIANCE, wish(), caller)).isEqualTo(made);
        Path file = exports().resolve(export.toString());
        assertThat(made.bytes()).isEqualTo(Files.size(file));
        assertThat(sh("sha256sum " + file)).startsWith(made.sha256() + " ");
        sh("tar -xf " + file
                + " appliance-disk1.vmdk && qemu-img compare -f vmdk -F raw appliance-disk1.vmdk disk.raw");
        sh("mv " + file + " box.ova");
        UUID appliance = Uuid7.next();
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(
                        host.poolId(), appliance, files.resolve("box.ova").toString()));
        var read = host.ask(
                HostTransferApi.READ_APPLIANCE,
                new HostTransferApi.ReadAppliance(host.poolId(), appliance, made.sha256(), null, null));
        assertThat(read.hardware().nics()).isEqualTo(wish().hardware().nics());
        assertThat(read.hardware().firmware()).isEqualTo("uefi");
        assertThat(read.hardware().disks())
                .extracting(ApplianceHardware.Disk::capacityBytes)
                .containsExactly(BYTES, BYTES);
    }

    @Test
    void endsWhenNobodyWantsItAnyMoreAndLeavesNothing() throws IOException {
        var made = beingMade();
        host.ask(HostTransferApi.END_EXPORT, new HostTransferApi.Export(export));
        assertThat(made.join().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(left()).isEmpty();
    }

    @Test
    void beginsAnewWhenTheHostWasStartedAgain() throws IOException {
        var cutOff = beingMade();
        host = host.startedAnew();
        assertCutOff(cutOff);
        assertThat(left()).as("what was half made is swept away").isEmpty();
        host.ask(HostTransferApi.EXPORT_APPLIANCE, wish());
        assertThat(left()).containsExactly(export.toString());
    }

    @Test
    void anImageIsConvertedWhereAnotherFormatIsWantedAndGivenAsItIsElsewhere() {
        var asItIs = host.ask(
                HostTransferApi.EXPORT_IMAGE,
                new HostTransferApi.ExportImage(Uuid7.next(), host.poolId(), image, "raw"));
        assertThat(asItIs.original()).isTrue();
        assertThat(exports().resolve(asItIs.exportId().toString())).isSymbolicLink();
        var qcow2 = host.ask(
                HostTransferApi.EXPORT_IMAGE, new HostTransferApi.ExportImage(export, host.poolId(), image, "qcow2"));
        assertThat(qcow2.original()).isFalse();
        Path file = exports().resolve(export.toString());
        sh("qemu-img compare -f qcow2 -F raw " + file + " disk.raw");
        assertThat(sh("sha256sum " + file)).startsWith(qcow2.sha256() + " ");
    }
}
