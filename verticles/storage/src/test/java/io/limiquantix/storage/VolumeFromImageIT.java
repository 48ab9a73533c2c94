package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A volume that begins as an image, which may lie elsewhere. */
class VolumeFromImageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long MIB = 1 << 20;

    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID pool = storage.createPool("p1", hosts.one).id();
    private final AtomicReference<@Nullable FailureException> end = new AtomicReference<>();
    private volatile boolean ended;

    /** The input of a task that copies nothing, and ends when it is told to. */
    record Copy() {}

    private void copyingBegins() {
        var kind = new TaskKind<>("image.bring", Copy.class, this::copy);
        storage.plane.controlPlane().tasks().register(kind);
        var submission = new Submission<>(
                kind, new Copy(), Uuid7.next(), Actor.platform("test"), "image-copy", Uuid7.next(), "debian");
        hosts.copying.set(storage.plane
                .controlPlane()
                .database()
                .transaction(tx -> storage.plane.controlPlane().tasks().submit(tx, submission)));
    }

    private void copy(Copy input, TaskRun run) {
        run.waitUntil(PATIENCE, () -> ended);
        run.step("end", Nothing.class).run(caller -> {
            FailureException failure = end.get();
            if (failure != null) {
                throw failure;
            }
            hosts.copying.set(null);
            return Nothing.NOTHING;
        });
    }

    @AfterEach
    void stop() {
        ended = true;
        storage.plane.close();
    }

    private TaskRef create(ImageView image) {
        return storage.ask(
                StorageApi.CREATE_VOLUME,
                new StorageApi.CreateVolume(
                        pool, null, "v1", MIB, VolumeOrigin.ofImage(image.id()), false, Preallocation.THIN));
    }

    private ImageView image(UUID poolId, UUID hostId) {
        ImageView image = FakeViews.image("debian", new ImageView.Copy(poolId, hostId));
        hosts.images.add(image);
        return image;
    }

    @Test
    void whereTheImageIsItIsMadeAtOnce() {
        storage.succeeded(create(image(pool, hosts.one)));
        assertThat(hosts.effects).contains("create volume 1").doesNotContain("bring image");
    }

    @Test
    void itWaitsForAnImageThatIsElsewhere() {
        copyingBegins();
        TaskRef ref = create(image(Uuid7.next(), hosts.two));
        Eventually.holds(() -> storage.ask(TaskApi.GET, new TaskApi.Get(ref.taskId())).log().stream()
                .anyMatch(line -> line.text().contains("Waiting for the image debian")));
        assertThat(hosts.effects).doesNotContain("create volume 1");
        ended = true;
        storage.succeeded(ref);
        assertThat(hosts.effects).containsSubsequence("bring image", "create volume 1");
        assertThat(storage.volume(ref.targetId()).state()).isEqualTo(VolumeView.State.READY);
    }

    @Test
    void aCopyThatFailsIsTheReasonAndTheNameIsFree() {
        copyingBegins();
        end.set(FailureException.of(FailureCode.NO_CAPACITY, "The pool is full."));
        ended = true;
        TaskView failed = storage.failed(create(image(Uuid7.next(), hosts.two)));
        assertThat(String.valueOf(failed.failure()))
                .contains("The image debian could not be copied", "The pool is full.");
        assertThat(storage.volumes()).isEmpty();
        assertThat(hosts.effects).doesNotContain("create volume 1");
        storage.madeVolume(pool, "v1");
    }
}
