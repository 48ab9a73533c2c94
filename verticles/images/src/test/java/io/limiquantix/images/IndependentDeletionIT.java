package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An image is deleted although volumes depended on it: they are made independent first. */
class IndependentDeletionIT {
    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);
    private final UUID image = images.ready("debian").id();
    private final Map<UUID, String> dependents = new ConcurrentHashMap<>();
    private final List<String> freed = new CopyOnWriteArrayList<>();
    /** The name of one that cannot be made independent. */
    private volatile String stubborn = "";

    private final TaskKind<StorageApi.Volume> kind =
            new TaskKind<>("volume.make-independent", StorageApi.Volume.class, this::free);

    IndependentDeletionIT() {
        images.plane.controlPlane().tasks().register(kind);
        images.plane
                .bus()
                .serve(
                        StorageApi.LIST_DEPENDENTS,
                        (q, caller) -> new StorageApi.Dependents(dependents.entrySet().stream()
                                .map(each -> new StorageApi.Dependent(each.getKey(), each.getValue()))
                                .sorted((one, other) -> one.volumeId().compareTo(other.volumeId()))
                                .toList()));
        images.plane.bus().serve(StorageApi.MAKE_INDEPENDENT, this::submit);
        storage.usedImages.add(image);
        dependents.put(Uuid7.next(), "web-1");
        dependents.put(Uuid7.next(), "web-2");
    }

    private TaskRef submit(StorageApi.Volume volume, Caller caller) {
        Tasks tasks = images.plane.controlPlane().tasks();
        var submission = new Submission<>(
                kind, volume, caller.operationId(), caller.actor(), "volume", volume.volumeId(), "a volume");
        return images.plane.controlPlane().database().transaction(tx -> tasks.submit(tx, submission));
    }

    private void free(StorageApi.Volume volume, TaskRun run) {
        run.step("make independent", Nothing.class).run(caller -> {
            String name = dependents.getOrDefault(volume.volumeId(), "");
            if (name.equals(stubborn)) {
                throw FailureException.conflict("A domain uses it.");
            }
            dependents.remove(volume.volumeId());
            freed.add(name);
            if (dependents.isEmpty()) {
                storage.usedImages.clear();
            }
            return Nothing.NOTHING;
        });
    }

    @AfterEach
    void stop() {
        images.close();
    }

    private TaskRef delete() {
        return images.plane
                .bus()
                .request(ImagesApi.DELETE, new ImagesApi.DeleteImage(image, true), TestControlPlane.caller());
    }

    @Test
    void itGoesWhenAllVolumesAreIndependent() {
        assertRefused(FailureCode.CONFLICT, "2 volumes are based on", () -> images.delete(image));
        images.succeeded(delete());
        assertThat(freed).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(storage.isEmpty()).isTrue();
    }

    @Test
    void itStaysWhenOneVolumeCannotBeMadeSo() {
        stubborn = "web-2";
        TaskView task = images.failed(delete());
        assertThat(String.valueOf(task.failure())).contains("web-2", "A domain uses it.");
        assertThat(images.image(image).state()).isEqualTo(State.READY);
        assertThat(images.image(image).copies()).hasSize(1);
        stubborn = "";
        images.succeeded(delete());
        assertThat(freed).containsExactlyInAnyOrder("web-1", "web-2");
    }
}
