package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostTransferApi.DiskBytes;
import io.limiquantix.bus.host.HostTransferApi.ExportAppliance;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are made of virtual machines and of images. */
class MachineExportsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID vm = Uuid7.next();
    private final UUID image = Uuid7.next();
    private final UUID pool = storage.createPool("images", hosts.one, hosts.two).id();

    @AfterEach
    void stop() {
        storage.close();
    }

    /** In a pool that is able to keep them as they are. */
    private List<VolumeView> heldDisks() {
        hosts.sharing = true;
        UUID shared = storage.createPool("shared", hosts.one).id();
        return List.of(storage.madeVolume(shared, "mail-disk0"), storage.madeVolume(shared, "data"));
    }

    private void machine(PowerState state, List<VolumeView> disks) {
        hosts.machines.put(vm, FakeViews.vm(vm, hosts.one, state, disks));
    }

    private TaskRef exportVm(String format) {
        return storage.ask(TransferApi.EXPORT_VM, new TransferApi.ExportVm(vm, format));
    }

    private TaskRef exportImage(String format) {
        return storage.ask(TransferApi.EXPORT_IMAGE, new TransferApi.ExportImage(image, format));
    }

    private List<ExportView> exports(ExportOrigin.Kind kind, UUID id) {
        return storage.ask(TransferApi.LIST_EXPORTS, new ExportOrigin(kind, id)).items();
    }

    private void image(String format, @Nullable Appliance appliance) {
        hosts.images.add(FakeViews.image(image, "debian", format, pool, hosts.one, appliance));
    }

    @Test
    void allDisksAreKeptAsTheyAreBeforeTheFirstIsReadAndLetGoAfterTheLast() {
        machine(PowerState.STOPPED, heldDisks());
        TaskRef ref = exportVm("raw");
        storage.succeeded(ref);
        assertThat(hosts.effects)
                .containsSubsequence(
                        "create snapshot 1",
                        "create snapshot 1",
                        "export 1",
                        "export 1",
                        "delete snapshot 1",
                        "delete snapshot 1");
        assertThat(hosts.snapshots).isEmpty();
        assertThat(exports(ExportOrigin.Kind.VM, vm))
                .extracting(ExportView::fileName)
                .containsExactlyInAnyOrder("mail-disk1.raw", "mail-disk2.raw");
        assertThat(exports(ExportOrigin.Kind.VM, vm)).extracting(ExportView::id).contains(ref.targetId());
        assertThat(exports(ExportOrigin.Kind.VM, vm)).allSatisfy(file -> {
            assertThat(file.state()).isEqualTo(ExportView.State.READY);
            assertThat(file.sha256()).isEqualTo(FakeTransfers.SHA256);
        });
    }

    @Test
    void aWholeMachineIsOneFileWithItsHardware() {
        List<VolumeView> disks = heldDisks();
        machine(PowerState.STOPPED, disks);
        TaskRef ref = exportVm("ova");
        storage.succeeded(ref);
        assertThat(exports(ExportOrigin.Kind.VM, vm)).singleElement().satisfies(file -> {
            assertThat(file.id()).isEqualTo(ref.targetId());
            assertThat(file.fileName()).isEqualTo("mail.ova");
        });
        ExportAppliance asked = hosts.transfers.applianceRequests.getLast();
        assertThat(asked.hardware())
                .isEqualTo(new ApplianceHardware(
                        "mail",
                        null,
                        null,
                        2,
                        3L << 30,
                        "bios",
                        List.of(new ApplianceHardware.Nic("lan")),
                        disks.stream()
                                .map(disk -> new ApplianceHardware.Disk(disk.sizeBytes(), null))
                                .toList()));
        assertThat(asked.description()).isEqualTo("Relays mail.");
        assertThat(asked.disks())
                .extracting(DiskBytes::volumeId)
                .containsExactly(disks.get(0).id(), disks.get(1).id());
        assertThat(asked.disks())
                .allSatisfy(disk -> assertThat(disk.snapshotId()).isNotNull());
    }

    @ParameterizedTest
    @EnumSource(
            value = PowerState.class,
            names = {"RUNNING", "PAUSED", "STOPPING", "UNKNOWN"})
    void aMachineThatIsNotOffIsRefused(PowerState state) {
        machine(state, heldDisks());
        assertRefused(FailureCode.CONFLICT, () -> exportVm("ova"));
        assertThat(exports(ExportOrigin.Kind.VM, vm)).isEmpty();
    }

    @Test
    void aMachineThatIsStartedBeforeItsDisksAreKeptIsNotedAndNothingStays() {
        machine(PowerState.STOPPED, heldDisks());
        hosts.faults.refuse("create snapshot 1", FailureCode.UNAVAILABLE, "The host is away.");
        TaskRef ref = exportVm("ova");
        List<VolumeView> disks = storage.volumes();
        machine(PowerState.RUNNING, disks);
        assertThat(String.valueOf(storage.failed(ref).failure())).contains("Shut it down first");
        assertThat(exports(ExportOrigin.Kind.VM, vm)).isEmpty();
        assertThat(hosts.snapshots).isEmpty();
        assertThat(hosts.transfers.exports).isEmpty();
    }

    @Test
    void whereADiskCannotBeKeptTheTaskWorksOnTheMachineSoThatNobodyStartsIt() {
        UUID local = storage.createPool("local", hosts.one).id();
        machine(PowerState.STOPPED, List.of(storage.madeVolume(local, "mail-disk0")));
        hosts.transfers.neverWhole.add("export 1");
        TaskRef ref = exportVm("ova");
        assertThat(ref.targetId()).isEqualTo(vm);
        assertRefused(FailureCode.CONFLICT, () -> exportVm("raw"));
        storage.ask(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()));
        assertThat(storage.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(exports(ExportOrigin.Kind.VM, vm)).isEmpty();
    }

    @Test
    void aPersonSeesHowFarItIsAndCancelsIt() {
        machine(PowerState.STOPPED, heldDisks());
        hosts.transfers.neverWhole.add("export 1");
        TaskRef ref = exportVm("ova");
        var task = new TaskApi.Get(ref.taskId());
        Eventually.holds(() -> storage.ask(TaskApi.GET, task).progress() == 50);
        storage.ask(TaskApi.CANCEL, task);
        assertThat(storage.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(hosts.effects).contains("end export 1");
        assertThat(hosts.snapshots).isEmpty();
        assertThat(exports(ExportOrigin.Kind.VM, vm)).isEmpty();
    }

    @Test
    void whatTheHostRefusesLeavesNothing() {
        machine(PowerState.STOPPED, heldDisks());
        hosts.faults.refuse("export 1", FailureCode.NO_CAPACITY, "The host's disk is full.");
        assertThat(String.valueOf(storage.failed(exportVm("raw")).failure())).contains("disk is full");
        assertThat(exports(ExportOrigin.Kind.VM, vm)).isEmpty();
        assertThat(hosts.snapshots).isEmpty();
        assertThat(hosts.transfers.exports).isEmpty();
    }

    @Test
    void anImageIsGivenInItsFormatOrAnother() {
        image("qcow2", null);
        storage.succeeded(exportImage("qcow2"));
        storage.succeeded(exportImage("raw"));
        assertThat(hosts.transfers.imageRequests)
                .extracting(request -> request.format())
                .contains("qcow2", "raw");
        assertThat(exports(ExportOrigin.Kind.IMAGE, image))
                .extracting(ExportView::fileName)
                .containsExactly("debian.raw", "debian.qcow2");
        UUID export = exports(ExportOrigin.Kind.IMAGE, image).getFirst().id();
        var other = new TransferApi.Export(new ExportOrigin(ExportOrigin.Kind.VM, image), export);
        assertRefused(FailureCode.NOT_FOUND, () -> storage.ask(TransferApi.OPEN_EXPORT, other));
    }

    @Test
    void anImageAloneBecomesAMachineThatItsSystemIsAbleToRunIn() {
        image("qcow2", null);
        storage.succeeded(exportImage("ova"));
        ExportAppliance asked = hosts.transfers.applianceRequests.getLast();
        assertThat(asked.hardware().memoryBytes()).isEqualTo(2L << 30);
        assertThat(asked.hardware().firmware()).isEqualTo("uefi");
        assertThat(asked.hardware().operatingSystem()).isEqualTo("Debian 12");
        assertThat(asked.disks()).containsExactly(DiskBytes.ofImage(pool, image));
    }

    @Test
    void anApplianceGoesOutAsItCameAlsoWithAnEmptyDisk() {
        UUID disk = Uuid7.next();
        hosts.images.add(FakeViews.image(disk, "box-disk1", "qcow2", pool, hosts.two, null));
        image(
                "ova",
                new Appliance(
                        "box",
                        "Vendor Box 1",
                        "Some Linux",
                        4,
                        1L << 31,
                        "uefi",
                        List.of(new ApplianceHardware.Nic("wan")),
                        List.of(new Appliance.Disk(7 << 20, null), new Appliance.Disk(1 << 20, disk))));
        storage.succeeded(exportImage("ova"));
        ExportAppliance asked = hosts.transfers.applianceRequests.getLast();
        assertThat(asked.disks()).containsExactly(DiskBytes.NOTHING, DiskBytes.ofImage(pool, disk));
        assertThat(asked.hardware().product()).isEqualTo("Vendor Box 1");
        assertThat(asked.hardware().vcpus()).isEqualTo(4);
        assertThat(exports(ExportOrigin.Kind.IMAGE, image)).singleElement().satisfies(file -> assertThat(file.hostId())
                .isEqualTo(hosts.two));
        assertRefused(FailureCode.INVALID, "format", () -> exportImage("qcow2"));
    }

    @ParameterizedTest
    @CsvSource({"iso, raw", "iso, ova", "qcow2, iso"})
    void whatAnImageCannotBeGivenAsIsRefused(String is, String asked) {
        image(is, null);
        assertRefused(FailureCode.INVALID, "format", () -> exportImage(asked));
    }

    @Test
    void anImageThatTheUserDoesNotSeeHasNoExportsForThem() {
        image("iso", null);
        TaskRef ref = exportImage("iso");
        storage.succeeded(ref);
        hosts.images.clear();
        var export = new TransferApi.Export(new ExportOrigin(ExportOrigin.Kind.IMAGE, image), ref.targetId());
        assertRefused(FailureCode.NOT_FOUND, () -> exports(ExportOrigin.Kind.IMAGE, image));
        assertRefused(FailureCode.NOT_FOUND, () -> storage.ask(TransferApi.OPEN_EXPORT, export));
        assertRefused(FailureCode.NOT_FOUND, () -> storage.ask(TransferApi.DELETE_EXPORT, export));
        assertRefused(FailureCode.NOT_FOUND, () -> exportImage("iso"));
    }

    @Test
    void anImageWhoseHostsAreAllAwayIsNotBegun() {
        UUID elsewhere = Uuid7.next();
        hosts.images.add(FakeViews.image(image, "debian", "qcow2", elsewhere, hosts.one, null));
        assertRefused(FailureCode.UNAVAILABLE, () -> exportImage("raw"));
    }

    @Test
    void theViewOfAMachineIsItsOwn() {
        List<VolumeView> disks = heldDisks();
        machine(PowerState.CRASHED, disks);
        storage.succeeded(exportVm("qcow2"));
        VolumeView first = disks.getFirst();
        assertThat(exports(ExportOrigin.Kind.VOLUME, first.id())).isEmpty();
        assertThat(exports(ExportOrigin.Kind.VM, vm))
                .extracting(ExportView::volumeId)
                .contains(first.id());
        assertThat(hosts.machines.values()).extracting(VmView::id).containsExactly(vm);
    }
}
