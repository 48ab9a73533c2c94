package io.limiquantix.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A control plane dies at each moment of an image's task in turn, and another one goes on. */
class SurvivalIT {
    private static final String FILE = "/import/debian.qcow2";

    private final FakeStorage storage = new FakeStorage();
    private final DatabaseAddress address = ImagesProcess.database();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean deadly = new AtomicBoolean();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final ImagesProcess first = ImagesProcess.start(storage, address, new Deaths());

    SurvivalIT() {
        storage.files.put(FILE, ImagesProcess.GOOD);
    }

    @AfterEach
    void stop() {
        never.countDown();
        first.close();
    }

    /** Each task dies at one moment, which it is the first to reach. */
    private final class Deaths implements TaskObserver {
        @Override
        public void stepBegins(UUID taskId, String kind, String step) {
            dieHere("before " + step);
        }

        @Override
        public void stepEnded(UUID taskId, String kind, String step) {
            dieHere("after " + step);
        }
    }

    /** Holds the task for ever as if its process had died there; its later writes find their lease lost. */
    private void dieHere(String moment) {
        if (!deadly.get() || !reached.add(moment)) {
            return;
        }
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
    }

    private ImagesProcess theFirstDies(int moments) {
        Eventually.get(() -> reached, all -> all.size() == moments);
        deadly.set(false);
        first.plane.controlPlane().tasks().close();
        return ImagesProcess.start(storage, address, TaskObserver.NONE);
    }

    @Test
    void anImportIsFinishedByAnotherProcess() {
        storage.faults.beforeAnswer = name -> dieHere("during " + name);
        deadly.set(true);
        int moments = 3 * 2 + 2;
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            tasks.add(first.importFile(first.draft("image-" + i).id(), storage.one, FILE));
        }
        try (ImagesProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.list(Page.FIRST, null, null).items())
                    .hasSize(moments)
                    .allSatisfy(image -> {
                        assertThat(image.state()).isEqualTo(State.READY);
                        assertThat(image.copies()).hasSize(1);
                    });
            assertThat(storage.effects.stream().filter("copy 1"::equals)).hasSize(moments);
            assertThat(storage.effects.stream().filter("check 1"::equals)).hasSize(moments);
        }
    }

    @Test
    void aDeletionIsFinishedByAnotherProcess() {
        int moments = 2 * 2 + 1;
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            all.add(first.ready("image-" + i).id());
        }
        storage.faults.beforeAnswer = name -> dieHere("during " + name);
        deadly.set(true);
        List<TaskRef> tasks = all.stream().map(first::delete).toList();
        try (ImagesProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.list(Page.FIRST, null, null).items()).isEmpty();
            assertThat(storage.isEmpty()).isTrue();
        }
    }

    @Test
    void aRefusalIsFinishedByAnotherProcess() {
        storage.files.put(FILE, new FakeStorage.Bytes("raw", ""));
        storage.faults.beforeAnswer = name -> {
            if (name.startsWith("delete")) {
                dieHere("during " + name);
            }
        };
        UUID id = first.draft("debian").id();
        deadly.set(true);
        reached.addAll(List.of("before copy", "after copy", "before check"));
        TaskRef task = first.importFile(id, storage.one, FILE);
        try (ImagesProcess second = theFirstDies(4)) {
            second.failed(task);
            assertThat(second.image(id).state()).isEqualTo(State.REFUSED);
            assertThat(second.image(id).problem()).isEqualTo("The bytes are not qcow2.");
            assertThat(storage.isEmpty()).isTrue();
        }
    }
}
