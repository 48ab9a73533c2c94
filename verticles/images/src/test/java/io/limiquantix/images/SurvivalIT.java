package io.limiquantix.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A control plane dies at each moment of an image's task in turn, and another one goes on. */
class SurvivalIT {
    private static final String FILE = "/import/debian.qcow2";

    private final FakeStorage storage = new FakeStorage();
    private final DatabaseAddress address = ImagesProcess.database();
    private final Deaths deaths = new Deaths();
    private final ImagesProcess first = ImagesProcess.start(storage, address, deaths);

    SurvivalIT() {
        storage.files.put(FILE, ImagesProcess.GOOD);
    }

    @AfterEach
    void stop() {
        deaths.close();
        first.close();
    }

    private ImagesProcess theFirstDies(int moments) {
        deaths.await(moments);
        first.plane.controlPlane().tasks().close();
        return ImagesProcess.start(storage, address, TaskObserver.NONE);
    }

    @Test
    void anImportIsFinishedByAnotherProcess() {
        storage.faults.beforeAnswer = name -> deaths.at("during " + name);
        deaths.begin();
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
    void anAppliancesImportIsFinishedByAnotherProcess() {
        storage.files.put(FILE, new FakeStorage.Bytes("ova", "ab".repeat(32)));
        storage.faults.beforeAnswer = name -> deaths.at("during " + name);
        deaths.begin();
        int moments = 8 * 2 + 6;
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            tasks.add(first.importFile(first.appliance("box" + i).id(), storage.one, FILE));
        }
        try (ImagesProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.list(Page.FIRST, null, null).items())
                    .hasSize(3 * moments)
                    .allSatisfy(image -> assertThat(image.state()).isEqualTo(State.READY));
            assertThat(storage.arrivals.get(storage.one)).isEmpty();
            assertThat(storage.images.get(storage.one)).hasSize(2 * moments);
        }
    }

    @Test
    void aDeletionIsFinishedByAnotherProcess() {
        int moments = 2 * 2 + 1;
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            all.add(first.ready("image-" + i).id());
        }
        storage.faults.beforeAnswer = name -> deaths.at("during " + name);
        deaths.begin();
        List<TaskRef> tasks = all.stream().map(first::delete).toList();
        try (ImagesProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.list(Page.FIRST, null, null).items()).isEmpty();
            assertThat(storage.isEmpty()).isTrue();
        }
    }

    @Test
    void aCopyIsFinishedByAnotherProcessAndMadeOnce() {
        CopyBed bed = new CopyBed(storage, first);
        storage.faults.beforeAnswer = name -> deaths.at("during " + name);
        int moments = 7 * 2 + 3;
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            all.add(bed.onTheFirst("image-" + i));
        }
        storage.effects.clear();
        deaths.begin();
        List<TaskRef> tasks = all.stream()
                .map(image -> bed.brought(image, storage.poolTwo, storage.two))
                .toList();
        try (ImagesProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            CopyBed after = new CopyBed(storage, second);
            assertThat(all).allSatisfy(image -> assertThat(after.readyOn(image))
                    .containsExactlyInAnyOrder(storage.one, storage.two));
            assertThat(storage.effects.stream().filter("fetch 2"::equals)).hasSize(moments);
            assertThat(storage.effects.stream().filter("check 2"::equals)).hasSize(moments);
            assertThat(storage.copies.files).isEmpty();
        }
    }

    @Test
    void aCopyThatFailsIsTakenBackByAnotherProcess() {
        CopyBed bed = new CopyBed(storage, first);
        UUID image = bed.onTheFirst("debian");
        storage.copies.damaging.add(storage.one);
        storage.faults.beforeAnswer = name -> {
            if (name.startsWith("delete")) {
                deaths.at("during " + name);
            }
        };
        String copying = "copy from " + storage.one + ", source 1";
        deaths.begin(
                "before begin",
                "after begin",
                "before take the place",
                "after take the place",
                "before look for sources",
                "after look for sources",
                "before " + copying);
        TaskRef task = bed.brought(image, storage.poolTwo, storage.two);
        try (ImagesProcess second = theFirstDies(8)) {
            second.failed(task);
            CopyBed after = new CopyBed(storage, second);
            assertThat(after.copies(image)).hasSize(1);
            assertThat(FakeStorage.at(storage.arrivals, storage.two)).isEmpty();
            assertThat(storage.copies.files).isEmpty();
            storage.copies.damaging.clear();
            second.succeeded(after.brought(image, storage.poolTwo, storage.two));
        }
    }

    @Test
    void aRefusalIsFinishedByAnotherProcess() {
        storage.files.put(FILE, new FakeStorage.Bytes("raw", ""));
        storage.faults.beforeAnswer = name -> {
            if (name.startsWith("delete")) {
                deaths.at("during " + name);
            }
        };
        UUID id = first.draft("debian").id();
        deaths.begin("before copy", "after copy", "before check");
        TaskRef task = first.importFile(id, storage.one, FILE);
        try (ImagesProcess second = theFirstDies(4)) {
            second.failed(task);
            assertThat(second.image(id).state()).isEqualTo(State.REFUSED);
            assertThat(second.image(id).problem()).isEqualTo("The bytes are not qcow2.");
            assertThat(storage.isEmpty()).isTrue();
        }
    }
}
