package io.limiquantix.host;

import static io.limiquantix.host.testing.CutOff.assertCutOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ReadAppliance;
import io.limiquantix.bus.host.HostTransferApi.TakeDisk;
import io.limiquantix.bus.host.ImageReport;
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

/** An appliance that has arrived is read by a host, and its disks become images there. */
class ApplianceLifeIT {
    private static final Executor THREADS = Thread::startVirtualThread;

    private static final String DESCRIPTION = """
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1">
              <References><File id="f" href="disk.vmdk" COMPRESSED/></References>
              <DiskSection><Disk diskId="d" fileRef="f" capacity="64" capacityAllocationUnits="byte * 2^20"/></DiskSection>
              <VirtualSystem id="box">
                <VirtualHardwareSection>
                  <Item><ResourceType>4</ResourceType><VirtualQuantity>1073741824</VirtualQuantity></Item>
                  <Item><ResourceType>17</ResourceType><HostResource>/disk/d</HostResource></Item>
                </VirtualHardwareSection>
              </VirtualSystem>
            </Envelope>
            """;

    private final Path files;
    private final UUID appliance = Uuid7.next();
    private final UUID disk = Uuid7.next();
    private TestHost host;

    ApplianceLifeIT(@TempDir Path files, @TempDir Path folder) {
        this.files = files;
        this.host = TestHost.start(folder, "importFolders: [" + files + "]");
    }

    /** The second one's disk unpacks to so much of nothing that it takes minutes. */
    @BeforeEach
    void makeFiles() throws IOException {
        Files.writeString(files.resolve("box.ovf"), DESCRIPTION.replace("COMPRESSED", ""));
        sh(
                "qemu-img create -q -f raw disk.raw 64M && qemu-img convert -f raw -O vmdk -o subformat=streamOptimized disk.raw"
                        + " disk.vmdk && tar -cf box.ova box.ovf disk.vmdk");
        Files.writeString(files.resolve("box.ovf"), DESCRIPTION.replace("COMPRESSED", "compression=\"gzip\""));
        sh("head -c 1G /dev/zero | gzip -1 > part && for i in $(seq 60); do cat part; done > disk.vmdk && rm part"
                + " && tar -cf long.ova box.ovf disk.vmdk");
    }

    private void sh(String command) {
        new ProcessTool().run(CommandLine.of("sh", "-c", "cd " + files + " && " + command));
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private void arrive(String name) {
        host.ask(
                HostStorageApi.COPY_IMAGE_FILE,
                new HostStorageApi.CopyImageFile(
                        host.poolId(), appliance, files.resolve(name).toString()));
    }

    private ReadAppliance reading() {
        return new ReadAppliance(host.poolId(), appliance, null, null, null);
    }

    private TakeDisk taking() {
        return new TakeDisk(host.poolId(), appliance, 0, disk);
    }

    private HostStorageApi.ImageName name(UUID id) {
        return new HostStorageApi.ImageName(host.poolId(), id);
    }

    private HostStorageApi.CopyProgress look() {
        return host.ask(HostTransferApi.LOOK_AT_FETCH, name(disk));
    }

    private List<String> incoming() throws IOException {
        try (Stream<Path> left = Files.list(host.pool().resolve("incoming"))) {
            return left.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private CompletableFuture<FailureException> beingTaken() {
        TestHost now = host;
        var taken = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(FailureException.class, () -> now.ask(HostTransferApi.TAKE_DISK, taking())),
                THREADS);
        Eventually.holds(() -> look().state() == CopyState.COPYING && look().percent() > 0);
        return taken;
    }

    @Test
    void isReadOnceAndItsDiskBecomesAnImage() throws IOException {
        arrive("box.ova");
        Caller caller = TestHost.caller();
        var report = host.ask(HostTransferApi.READ_APPLIANCE, reading(), caller);
        assertThat(host.ask(HostTransferApi.READ_APPLIANCE, reading(), caller)).isEqualTo(report);
        assertThat(host.ask(HostTransferApi.READ_APPLIANCE, reading()))
                .as("by a later task")
                .isEqualTo(report);
        assertThat(report.hardware().name()).isEqualTo("box");
        assertThat(report.hardware().firmware()).isEqualTo("bios");
        assertThat(report.hardware().disks()).containsExactly(new ApplianceHardware.Disk(64 << 20, "disk.vmdk"));
        assertThat(report.came())
                .extracting(CameAs::format, CameAs::compression, CameAs::fileBytes)
                .containsExactly("ova", null, Files.size(files.resolve("box.ova")));
        var taken = host.ask(HostTransferApi.TAKE_DISK, taking());
        assertThat(host.ask(HostTransferApi.TAKE_DISK, taking())).isEqualTo(taken);
        assertThat(taken.format()).isEqualTo("qcow2");
        ImageReport admitted =
                host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), disk, "qcow2", null));
        assertThat(admitted.virtualSizeBytes()).isEqualTo(64 << 20);
        assertThat(host.ask(HostTransferApi.TAKE_DISK, taking()).format())
                .as("of an image")
                .isEqualTo("qcow2");
        host.ask(HostStorageApi.DELETE_IMAGE, name(appliance));
        assertThat(incoming()).isEmpty();
    }

    @Test
    void endsWhenNobodyWantsItAnyMoreAndLeavesNothing() throws IOException {
        arrive("long.ova");
        host.ask(HostTransferApi.READ_APPLIANCE, reading());
        var taken = beingTaken();
        host.ask(HostTransferApi.END_FETCH, name(disk));
        assertThat(taken.join().code()).isEqualTo(FailureCode.CANCELLED);
        host.ask(HostStorageApi.DELETE_IMAGE, name(disk));
        host.ask(HostStorageApi.DELETE_IMAGE, name(appliance));
        assertThat(incoming()).isEmpty();
    }

    @Test
    void beginsTheDiskAnewWhenTheHostWasStartedAgain() throws IOException {
        arrive("long.ova");
        host.ask(HostTransferApi.READ_APPLIANCE, reading());
        var cutOff = beingTaken();
        host = host.startedAnew();
        assertCutOff(cutOff);
        assertThat(incoming()).noneMatch(name -> name.contains(disk.toString()));
        var again = beingTaken();
        host.ask(HostTransferApi.END_FETCH, name(disk));
        assertThat(again.join().code()).isEqualTo(FailureCode.CANCELLED);
    }
}
