package io.limiquantix.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.ApplianceHardware.Nic;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplianceIT {
    private static final FakeStorage.Bytes OVA = new FakeStorage.Bytes("ova", "ab".repeat(32));
    private static final Sums SUMS = new Sums(OVA.sha256(), null, null);

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.draftOf("ova", SUMS).id();

    @AfterEach
    void stop() {
        images.close();
    }

    private Appliance appliance() {
        return Objects.requireNonNull(images.image(image).appliance());
    }

    private List<String> names() {
        return images.list(Page.FIRST, null, null).items().stream()
                .map(ImageView::name)
                .toList();
    }

    private List<ImageView> disks() {
        return appliance().disks().stream()
                .map(Appliance.Disk::imageId)
                .filter(Objects::nonNull)
                .map(images::image)
                .toList();
    }

    @Test
    void isAMachineWhoseDisksAreImages() {
        images.succeeded(images.upload(image, OVA));
        ImageView ready = images.image(image);
        assertThat(ready.state()).isEqualTo(State.READY);
        assertThat(ready.format()).isEqualTo("ova");
        assertThat(ready.copies()).as("its bytes are those of its disks").isEmpty();
        OperatingSystem system = Objects.requireNonNull(ready.operatingSystem());
        assertThat(system.distribution()).isEqualTo("Debian");
        assertThat(system.version()).isEqualTo("12");
        assertThat(system.learnedFrom().system()).isEqualTo(OperatingSystem.Source.OVF);
        assertThat(ready.cameAs()).isEqualTo(new CameAs("ova", null, OVA.sha256(), 700));
        assertThat(appliance().vcpus()).isEqualTo(2);
        assertThat(appliance().firmware()).isEqualTo("uefi");
        assertThat(appliance().nics()).containsExactly(new Nic("VM Network"), new Nic(null));
        assertThat(appliance().disks())
                .extracting(Appliance.Disk::capacityBytes)
                .containsExactly(FakeStorage.VIRTUAL_BYTES, 5L << 30, 3L << 30);
        assertThat(appliance().disks().get(1).imageId()).as("begins empty").isNull();
        assertThat(disks()).extracting(ImageView::name).containsExactly("of-ova-disk1", "of-ova-disk3");
        assertThat(disks()).allSatisfy(disk -> {
            assertThat(disk.state()).isEqualTo(State.READY);
            assertThat(disk.format()).isEqualTo("qcow2");
            assertThat(disk.applianceId()).isEqualTo(image);
            assertThat(disk.copies()).extracting(Copy::place).containsExactly(new Copy(storage.poolOne, storage.one));
        });
        assertThat(disks().getFirst().cameAs()).isEqualTo(new CameAs("vmdk", null, "d0", 300));
        assertThat(storage.effects)
                .as("the archive goes when all are admitted")
                .containsExactly(
                        "read appliance 1", "take disk 0 1", "check 1", "take disk 2 1", "check 1", "delete 1");
        assertThat(storage.arrivals.get(storage.one)).isEmpty();
    }

    @Test
    void isFoundAmongAppliancesOnly() {
        images.succeeded(images.upload(image, OVA));
        assertThat(kind("appliance")).containsExactly("of-ova");
        assertThat(kind("disk")).containsExactly("of-ova-disk1", "of-ova-disk3");
        assertThat(kind("iso")).isEmpty();
    }

    private List<String> kind(String kind) {
        var query = new ImagesApi.ListImages(Page.FIRST, null, null, kind, null, null, null);
        return images.plane.bus().request(ImagesApi.LIST, query, TestControlPlane.caller()).items().stream()
                .map(ImageView::name)
                .toList();
    }

    @Test
    void disksTakeNamesThatAreFree() {
        images.draft("OF-OVA-disk1");
        images.succeeded(images.upload(image, OVA));
        assertThat(disks()).extracting(ImageView::name).containsExactly("of-ova-disk1-2", "of-ova-disk3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read appliance 1", "take disk 0 1", "take disk 2 1"})
    void aRefusalIsKeptWithTheImageAndNothingStays(String at) {
        storage.faults.refuse(at, FailureCode.INVALID, "The appliance ends in the middle.");
        images.failed(images.upload(image, OVA));
        assertThat(images.image(image).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(image).problem()).isEqualTo("The appliance ends in the middle.");
        assertThat(names()).containsExactly("of-ova");
        assertThat(storage.isEmpty()).isTrue();
        images.succeeded(images.upload(image, OVA));
    }

    @Test
    void aHostThatIsAwayForAWhileIsWaitedFor() {
        for (String each : List.of("read appliance 1", "take disk 0 1", "delete 1")) {
            storage.faults.refuse(each, FailureCode.UNAVAILABLE, "Nobody answers.");
            storage.faults.loseAnswer(each);
        }
        images.succeeded(images.upload(image, OVA));
        assertThat(storage.effects).hasSize(6);
    }

    @Test
    void aCancelledOneIsEndedAndLeavesNothing() {
        AtomicReference<UUID> running = new AtomicReference<>();
        storage.faults.beforeAnswer = name -> {
            if (name.equals("take disk 2 1")) {
                UUID task = Eventually.get(running::get, found -> found != null);
                images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(task), TestControlPlane.caller());
            }
        };
        TaskRef ref = images.upload(image, OVA);
        running.set(ref.taskId());
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(names()).containsExactly("of-ova");
        assertThat(storage.isEmpty()).isTrue();
    }

    @Test
    void goesWithItsDisks() {
        images.succeeded(images.upload(image, OVA));
        UUID disk = disks().getFirst().id();
        ImagesProcess.assertRefused(
                FailureCode.CONFLICT, "is a disk of the appliance of-ova", () -> images.delete(disk));
        storage.usedImages.add(disk);
        ImagesProcess.assertRefused(FailureCode.CONFLICT, "of-ova-disk1 is what 2 volumes", () -> images.delete(image));
        storage.usedImages.clear();
        images.succeeded(images.delete(image));
        assertThat(names()).isEmpty();
        assertThat(storage.isEmpty()).isTrue();
    }
}
