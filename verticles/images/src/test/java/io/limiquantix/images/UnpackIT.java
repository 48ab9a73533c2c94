package io.limiquantix.images;

import static io.limiquantix.images.FakeStorage.CONVERTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnpackIT {
    private static final FakeStorage.Bytes VMDK = new FakeStorage.Bytes("vmdk", "ab".repeat(32));
    private static final Sums SUMS = new Sums(VMDK.sha256(), "cd".repeat(64), "ef".repeat(16));

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.draftOf("vmdk", SUMS).id();

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void anImageSaysWhatItIsAndWhatItCameAs() {
        assertThat(images.image(image).format()).isEqualTo("vmdk");
        images.succeeded(images.upload(image, VMDK));
        ImageView ready = images.image(image);
        assertThat(ready.format()).isEqualTo("qcow2");
        assertThat(ready.sha256()).isEqualTo(CONVERTED.sha256());
        assertThat(ready.cameAs()).isEqualTo(new CameAs("vmdk", "gzip", VMDK.sha256(), 500));
        assertThat(images.list(new Page(null, 10), null, VMDK.sha256()).items())
                .as("found by what its makers say of it")
                .containsExactly(ready);
        assertThat(storage.effects).containsExactly("unpack 1", "check 1");
    }

    /** Those of what comes out of it nobody knows. */
    @Test
    void theChecksumsAreThoseOfTheFileAsItCame() {
        images.succeeded(images.upload(image, VMDK));
        HostTransferApi.UnpackFile asked = storage.unpacked;
        assertThat(asked).isNotNull();
        assertThat(new Sums(asked.sha256(), asked.sha512(), asked.md5())).isEqualTo(SUMS);
        HostStorageApi.AdmitImage checked = storage.checked;
        assertThat(checked).isNotNull();
        assertThat(checked.sha256()).isNull();
        assertThat(checked.sha512()).isNull();
    }

    @Test
    void aRefusalIsKeptWithTheImageAndNothingStays() {
        images.failed(images.upload(image, ImagesProcess.GOOD));
        assertThat(images.image(image).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(image).problem()).isEqualTo("The bytes are not vmdk.");
        assertThat(images.image(image).format()).as("for the next try").isEqualTo("vmdk");
        assertThat(storage.isEmpty()).isTrue();
        images.succeeded(images.upload(image, VMDK));
    }

    @Test
    void aHostThatIsAwayForAWhileIsWaitedFor() {
        storage.faults.refuse("unpack 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        storage.faults.loseAnswer("unpack 1");
        images.succeeded(images.upload(image, VMDK));
        assertThat(storage.effects).containsExactly("unpack 1", "check 1");
    }

    @Test
    void aCancelledOneIsEndedAndLeavesNothing() {
        AtomicReference<UUID> running = new AtomicReference<>();
        storage.faults.beforeAnswer = name -> {
            if (name.equals("unpack 1")) {
                UUID task = Eventually.get(running::get, found -> found != null);
                images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(task), TestControlPlane.caller());
            }
        };
        TaskRef ref = images.upload(image, VMDK);
        running.set(ref.taskId());
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(images.image(image).problem()).isEqualTo("The check did not finish.");
        assertThat(storage.effects).contains("end 1", "delete 1");
        assertThat(storage.isEmpty()).isTrue();
    }
}
