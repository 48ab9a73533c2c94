package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A control plane dies at each moment of a volume's task in turn, and another one goes on. */
class SurvivalIT {
    private static final List<String> MOMENTS = List.of("before", "during", "after");
    private static final List<String> FAR_STEPS = List.of(
            "keep the source as it is",
            "make a file of the source",
            "fetch the file",
            "check what arrived",
            "make the copy",
            "forget what arrived",
            "delete the file",
            "let the source go");

    private final FakeHosts hosts = new FakeHosts();
    private final DatabaseAddress address = StorageProcess.database();
    private final Deaths deaths = new Deaths();
    private final StorageProcess first = StorageProcess.start(hosts, address, deaths);
    private final UUID pool = first.createPool("p1", hosts.one).id();

    @AfterEach
    void stop() {
        deaths.close();
        first.close();
    }

    private void dieDuring(String request, String... harmless) {
        hosts.faults.beforeAnswer = name -> {
            if (name.equals(request)) {
                deaths.at("during");
            }
        };
        deaths.begin(harmless);
    }

    private StorageProcess theFirstDies(String... harmless) {
        return theFirstDies(MOMENTS.size() + harmless.length);
    }

    private StorageProcess theFirstDies(int moments) {
        deaths.await(moments);
        hosts.leave(first.plane.bus());
        first.plane.controlPlane().tasks().close();
        return StorageProcess.start(hosts, address, TaskObserver.NONE);
    }

    @Test
    void aCreationIsFinishedByAnotherProcess() {
        dieDuring("create volume 1");
        List<TaskRef> tasks = new ArrayList<>();
        MOMENTS.forEach(name -> tasks.add(first.createVolume(pool, name)));
        try (StorageProcess second = theFirstDies()) {
            tasks.forEach(second::succeeded);
            assertThat(second.volumes()).hasSize(MOMENTS.size()).allSatisfy(v -> assertThat(v.state())
                    .isEqualTo(VolumeView.State.READY));
            assertThat(hosts.volumes).hasSize(MOMENTS.size());
            assertThat(hosts.effects.stream().filter("create volume 1"::equals)).hasSize(MOMENTS.size());
        }
    }

    @Test
    void aGrowthIsFinishedByAnotherProcess() {
        List<UUID> volumes =
                MOMENTS.stream().map(name -> first.madeVolume(pool, name).id()).toList();
        dieDuring("resize volume 1");
        List<TaskRef> tasks = new ArrayList<>();
        volumes.forEach(id -> tasks.add(first.resize(id, 2 * StorageProcess.MIB, null)));
        try (StorageProcess second = theFirstDies()) {
            tasks.forEach(second::succeeded);
            assertThat(second.volumes())
                    .allSatisfy(v -> assertThat(v.sizeBytes()).isEqualTo(2 * StorageProcess.MIB));
            assertThat(hosts.effects.stream().filter("resize volume 1"::equals)).hasSize(MOMENTS.size());
        }
    }

    @Test
    void aDeletionIsFinishedByAnotherProcess() {
        List<UUID> volumes =
                MOMENTS.stream().map(name -> first.madeVolume(pool, name).id()).toList();
        dieDuring("delete volume 1");
        List<TaskRef> tasks = new ArrayList<>();
        volumes.forEach(id -> tasks.add(first.deleteVolume(id)));
        try (StorageProcess second = theFirstDies()) {
            tasks.forEach(second::succeeded);
            assertThat(second.volumes()).isEmpty();
            assertThat(hosts.volumes).isEmpty();
        }
    }

    @Test
    void aCopyIsFinishedByAnotherProcess() {
        hosts.sharing = true;
        UUID shared = first.createPool("p2", hosts.one).id();
        UUID other = first.createPool("p3", hosts.one).id();
        UUID source = first.madeVolume(shared, "source").id();
        dieDuring("copy 1");
        List<TaskRef> tasks = new ArrayList<>();
        MOMENTS.forEach(name -> tasks.add(first.ask(StorageApi.CREATE_VOLUME, copyOf(source, other, name))));
        try (StorageProcess second = theFirstDies()) {
            tasks.forEach(second::succeeded);
            assertThat(second.volumes()).hasSize(MOMENTS.size() + 1).allSatisfy(v -> assertThat(v.state())
                    .isEqualTo(VolumeView.State.READY));
            assertThat(hosts.effects.stream().filter("copy 1"::equals)).hasSize(MOMENTS.size());
            assertThat(hosts.snapshots).isEmpty();
        }
    }

    @Test
    void anExportIsFinishedByAnotherProcess() {
        hosts.sharing = true;
        UUID shared = first.createPool("p2", hosts.one).id();
        UUID source = first.madeVolume(shared, "source").id();
        dieDuring("export 1");
        List<TaskRef> tasks = new ArrayList<>();
        var request = new TransferApi.ExportVolume(source, null, "raw");
        // Before and after each of three steps, and while the host makes the file.
        int moments = 7;
        for (int i = 0; i < moments; i++) {
            tasks.add(first.ask(TransferApi.EXPORT_VOLUME, request));
        }
        try (StorageProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.ask(TransferApi.LIST_EXPORTS, new ExportOrigin(ExportOrigin.Kind.VOLUME, source))
                            .items())
                    .hasSize(moments)
                    .allSatisfy(e -> assertThat(e.state()).isEqualTo(ExportView.State.READY));
            assertThat(hosts.transfers.exports).hasSize(moments);
            assertThat(hosts.effects.stream().filter("export 1"::equals)).hasSize(moments);
            assertThat(hosts.snapshots).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ova", "raw"})
    void aMachinesExportIsFinishedByAnotherProcess(String format) {
        hosts.sharing = true;
        UUID shared = first.createPool("p2", hosts.one).id();
        var disks = List.of(first.madeVolume(shared, "disk1"), first.madeVolume(shared, "disk2"));
        UUID vm = UUID.randomUUID();
        hosts.machines.put(vm, FakeViews.stopped(vm, hosts.one, disks));
        int files = format.equals("ova") ? 1 : disks.size();
        // Before and after: two holds, the look, each file, two that let go; and while the host makes the file.
        int moments = 2 * (5 + files) + 1;
        dieDuring("export 1");
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            tasks.add(first.ask(TransferApi.EXPORT_VM, new TransferApi.ExportVm(vm, format)));
        }
        try (StorageProcess second = theFirstDies(moments)) {
            tasks.forEach(second::succeeded);
            assertThat(second.ask(TransferApi.LIST_EXPORTS, new ExportOrigin(ExportOrigin.Kind.VM, vm))
                            .items())
                    .hasSize(moments * files)
                    .allSatisfy(e -> assertThat(e.state()).isEqualTo(ExportView.State.READY));
            assertThat(hosts.transfers.exports).hasSize(moments * files);
            assertThat(hosts.snapshots).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "make a file of the source, export 1",
        "fetch the file, fetch 2",
        "check what arrived, admit 2",
        "make the copy, create volume 2",
        "forget what arrived, delete image 2",
        "delete the file, delete export 1"
    })
    void aFarCopyIsFinishedByAnotherProcess(String step, String request) {
        hosts.sharing = true;
        UUID shared = first.createPool("p2", hosts.one).id();
        hosts.sharing = false;
        UUID far = first.createPool("far", hosts.two).id();
        UUID source = first.madeVolume(shared, "source").id();
        String[] harmless = FAR_STEPS.stream()
                .filter(other -> !other.equals(step))
                .flatMap(other -> Stream.of("before " + other, "after " + other))
                .toArray(String[]::new);
        dieDuring(request, harmless);
        List<TaskRef> tasks = new ArrayList<>();
        MOMENTS.forEach(name -> tasks.add(first.ask(StorageApi.CREATE_VOLUME, copyOf(source, far, name))));
        try (StorageProcess second = theFirstDies(harmless)) {
            tasks.forEach(second::succeeded);
            assertThat(second.volumes()).hasSize(MOMENTS.size() + 1).allSatisfy(v -> assertThat(v.state())
                    .isEqualTo(VolumeView.State.READY));
            assertThat(hosts.effects.stream().filter(request::equals)).hasSize(MOMENTS.size());
            assertThat(hosts.transfers.exports).isEmpty();
            assertThat(hosts.transfers.images).isEmpty();
            assertThat(hosts.snapshots).isEmpty();
        }
    }

    private static StorageApi.CreateVolume copyOf(UUID source, UUID pool, String name) {
        var origin = new VolumeOrigin(null, source, null);
        return new StorageApi.CreateVolume(pool, null, name, null, origin, false, Preallocation.THIN);
    }
}
