package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that are made of volumes, until nobody can fetch them any more. */
class ExportsIT {
    private static final Duration DAY = Duration.ofDays(1);
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID local = storage.createPool("local", hosts.one).id();
    private final UUID source = storage.madeVolume(local, "source").id();

    @AfterEach
    void stop() {
        storage.close();
    }

    /** In a pool that is able to keep a volume as it is while a VM writes. */
    private UUID volumeInUse() {
        hosts.sharing = true;
        UUID shared = storage.createPool("shared", hosts.one).id();
        return storage.madeVolume(shared, "used").id();
    }

    private TaskRef export(UUID volume, @Nullable UUID snapshot) {
        return storage.ask(TransferApi.EXPORT_VOLUME, new TransferApi.ExportVolume(volume, snapshot, "qcow2"));
    }

    private UUID exported(UUID volume) {
        TaskRef ref = export(volume, null);
        storage.succeeded(ref);
        return ref.targetId();
    }

    private List<ExportView> exports(UUID volume) {
        return storage.ask(TransferApi.LIST_EXPORTS, of(volume)).items();
    }

    private static ExportOrigin of(UUID volume) {
        return new ExportOrigin(ExportOrigin.Kind.VOLUME, volume);
    }

    private void delete(UUID export) {
        storage.ask(TransferApi.DELETE_EXPORT, new TransferApi.Export(of(source), export));
    }

    /** What the control plane does every ten minutes, so long from now. */
    private void roundIn(Duration time) {
        Clock later = Clock.offset(Clock.systemUTC(), time);
        var database = storage.plane.controlPlane().database();
        var bus = storage.plane.bus();
        new Exports(database, bus, later).deleteExpired(TestControlPlane.caller());
    }

    private long done(String effect) {
        return hosts.effects.stream().filter(effect::equals).count();
    }

    @Test
    void aFileCanBeFetchedForADayAndIsDeletedThen() {
        Instant began = Instant.now();
        UUID export = exported(source);
        assertThat(exports(source)).singleElement().satisfies(view -> {
            assertThat(view.state()).isEqualTo(ExportView.State.READY);
            assertThat(view.bytes()).isEqualTo(FakeTransfers.FILE_BYTES);
            assertThat(view.sha256()).isEqualTo(FakeTransfers.SHA256);
            assertThat(view.fileName()).isEqualTo("source.qcow2");
            assertThat(view.expiresAt())
                    .isBetween(began.plus(DAY), Instant.now().plus(DAY));
        });
        roundIn(Duration.ofHours(23));
        assertThat(hosts.transfers.exports.keySet()).containsExactly(export);
        roundIn(Duration.ofHours(25));
        assertThat(hosts.transfers.exports.keySet()).isEmpty();
        assertThat(exports(source)).isEmpty();
        assertRefused(
                FailureCode.NOT_FOUND,
                () -> storage.ask(TransferApi.OPEN_EXPORT, new TransferApi.Export(of(source), export)));
    }

    @Test
    void whatExpiresWhileItsHostIsAwayIsDeletedWhenThatIsBack() {
        exported(source);
        UUID second = exported(source);
        hosts.faults.refuse("delete export 1", FailureCode.UNAVAILABLE, "The host is away.");
        roundIn(Duration.ofHours(25));
        assertThat(hosts.transfers.exports.keySet())
                .as("one is away, the other goes")
                .hasSize(1);
        assertThat(exports(source))
                .extracting(ExportView::id)
                .containsExactlyElementsOf(hosts.transfers.exports.keySet());
        hosts.faults.loseAnswer("delete export 1");
        roundIn(Duration.ofHours(25));
        assertThat(hosts.transfers.exports.keySet()).isEmpty();
        assertThat(exports(source)).as("nobody knows yet that it is gone").hasSize(1);
        roundIn(Duration.ofHours(25));
        assertThat(exports(source)).isEmpty();
        assertRefused(FailureCode.NOT_FOUND, () -> delete(second));
    }

    @Test
    void theVolumeIsKeptAsItIsMeanwhileWhereItsPoolIsAbleToAndLetGoAfterwards() {
        UUID used = volumeInUse();
        exported(used);
        assertThat(hosts.effects).containsSubsequence("create snapshot 1", "export 1", "delete snapshot 1");
        assertThat(hosts.transfers.exportRequests)
                .allSatisfy(r -> assertThat(r.snapshotId()).isNotNull());
        assertThat(hosts.snapshots).isEmpty();
        assertThat(storage.snapshots(used)).isEmpty();
    }

    @Test
    void aSnapshotThatAPersonMadeStaysWhenItIsExported() {
        UUID used = volumeInUse();
        UUID snapshot = storage.madeSnapshot(used, "s1").id();
        storage.succeeded(export(used, snapshot));
        assertThat(hosts.transfers.exportRequests)
                .allSatisfy(r -> assertThat(r.snapshotId()).isEqualTo(snapshot));
        assertThat(hosts.snapshots).containsOnlyKeys(snapshot);
        assertThat(exports(used)).extracting(ExportView::fileName).containsExactly("used-s1.qcow2");
    }

    @Test
    void theTaskWaitsForAHostThatIsAwayAndMakesTheFileOnce() {
        UUID used = volumeInUse();
        hosts.faults.refuse("create snapshot 1", FailureCode.UNAVAILABLE, "The host is away.");
        hosts.faults.refuse("export 1", FailureCode.UNAVAILABLE, "The host is away.");
        hosts.faults.loseAnswer("export 1");
        hosts.faults.loseAnswer("delete snapshot 1");
        exported(used);
        assertThat(done("export 1")).isEqualTo(1);
        assertThat(hosts.faults.operations("export 1"))
                .hasSize(3)
                .containsOnly(hosts.faults.operations("export 1").getFirst());
        assertThat(hosts.snapshots).isEmpty();
        assertThat(exports(used)).hasSize(1);
    }

    @Test
    void aFileWhoseHostIsAwayCannotBeDeletedYet() {
        UUID export = exported(source);
        hosts.faults.refuse("delete export 1", FailureCode.UNAVAILABLE, "The host is away.");
        assertRefused(FailureCode.UNAVAILABLE, () -> delete(export));
        assertThat(exports(source)).hasSize(1);
        hosts.faults.loseAnswer("delete export 1");
        assertRefused(FailureCode.TIMEOUT, () -> delete(export));
        assertThat(exports(source)).as("nobody knows yet that it is gone").hasSize(1);
        delete(export);
        assertThat(exports(source)).isEmpty();
        assertThat(done("delete export 1")).isEqualTo(1);
    }

    @Test
    void aPersonSeesHowFarItIsAndEndsItAlsoWhileTheHostIsAway() {
        UUID used = volumeInUse();
        hosts.transfers.neverWhole.add("export 1");
        TaskRef ref = export(used, null);
        var task = new TaskApi.Get(ref.taskId());
        Eventually.holds(() -> storage.ask(TaskApi.GET, task).progress() == 50);
        var making = new TransferApi.Export(of(used), ref.targetId());
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(TransferApi.OPEN_EXPORT, making));
        hosts.faults.refuse("end export 1", FailureCode.UNAVAILABLE, "The host is away.");
        hosts.faults.loseAnswer("delete snapshot 1");
        storage.ask(TaskApi.CANCEL, task);
        assertThat(storage.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(hosts.effects).containsSubsequence("end export 1", "delete snapshot 1");
        assertThat(hosts.snapshots).isEmpty();
        assertThat(exports(used)).isEmpty();
    }

    @Test
    void aVolumeThatCannotBeKeptAsItIsLeavesNothing() {
        UUID used = volumeInUse();
        hosts.faults.refuse("create snapshot 1", FailureCode.NO_CAPACITY, "The pool is full.");
        assertThat(String.valueOf(storage.failed(export(used, null)).failure())).contains("The pool is full.");
        assertThat(exports(used)).isEmpty();
    }

    @Test
    void whatTheHostRefusesLeavesNothing() {
        UUID used = volumeInUse();
        hosts.faults.refuse("export 1", FailureCode.NO_CAPACITY, "The host's disk is full.");
        assertThat(String.valueOf(storage.failed(export(used, null)).failure())).contains("The host's disk is full.");
        assertThat(exports(used)).isEmpty();
        assertThat(hosts.snapshots).isEmpty();
        assertThat(hosts.transfers.exports.keySet()).isEmpty();
    }
}
