package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.GOOD;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DownloadIT {
    private static final String URL = "https://mirror.test/debian.qcow2";
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.draft("debian").id();

    DownloadIT() {
        storage.files.put(URL, GOOD);
    }

    @AfterEach
    void stop() {
        images.close();
    }

    @Test
    void aFileOfTheWebBecomesAnImageWhereThereIsMostRoom() {
        TaskView task = images.succeeded(images.download(image, URL));
        assertThat(task.kind()).isEqualTo("image.download");
        ImageView ready = images.image(image);
        assertThat(ready.state()).isEqualTo(State.READY);
        assertThat(ready.copies()).extracting(Copy::place).containsExactly(new Copy(storage.poolOne, storage.one));
        assertThat(storage.effects).containsExactly("download 1", "check 1");
    }

    @Test
    void whatIsNoAddressIsRefusedAtOnce() {
        for (String url : List.of("file:///etc/passwd", "mirror.test/x", "https://a:b@mirror.test/x")) {
            assertRefused(FailureCode.INVALID, "address", () -> images.download(image, url));
        }
        assertThat(images.image(image).state()).isEqualTo(State.DRAFT);
        assertThat(storage.effects).isEmpty();
    }

    @Test
    void aRefusalIsKeptWithTheImageAndItCanBeTriedAgain() {
        TaskView task = images.failed(images.download(image, "https://mirror.test/nothing"));
        assertThat(task.failure()).isNotNull();
        assertThat(images.image(image).state()).isEqualTo(State.REFUSED);
        assertThat(images.image(image).problem()).isEqualTo("The server has no such file.");
        images.succeeded(images.download(image, URL));
        assertThat(images.image(image).problem()).isNull();
    }

    @Test
    void aHostThatIsAwayForAWhileIsWaitedFor() {
        storage.faults.refuse("download 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        storage.faults.loseAnswer("download 1");
        images.succeeded(images.download(image, URL));
        assertThat(storage.effects).containsExactly("download 1", "check 1");
    }

    @Test
    void aCancelledOneIsEndedAndLeavesNothing() {
        AtomicReference<UUID> running = new AtomicReference<>();
        storage.faults.beforeAnswer = name -> {
            if (name.equals("download 1")) {
                UUID task = Eventually.get(running::get, found -> found != null);
                images.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(task), TestControlPlane.caller());
            }
        };
        TaskRef ref = images.download(image, URL);
        running.set(ref.taskId());
        assertThat(images.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(images.image(image).problem()).isEqualTo("The download did not finish.");
        assertThat(storage.effects).contains("end 1", "delete 1");
        assertThat(storage.isEmpty()).isTrue();
    }
}
