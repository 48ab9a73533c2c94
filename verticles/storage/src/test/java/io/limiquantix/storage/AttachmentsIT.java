package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which VM has a volume. */
class AttachmentsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final DatabaseAddress database = StorageProcess.database();
    private final StorageProcess storage = StorageProcess.start(hosts, database, TaskObserver.NONE);
    private UUID pool = Uuid7.next();

    @BeforeEach
    void create() {
        hosts.sharing = true;
        pool = storage.createPool("p1").id();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aVolumeHasOneVmAndComesBackWhenThatLeavesIt() {
        UUID volume = storage.madeVolume(pool, "data").id();
        UUID vm = Uuid7.next();
        attach(storage, volume, vm);
        assertThat(attach(storage, volume, vm).attachments())
                .as("asked again")
                .containsExactly(new VolumeView.Attachment(vm, false));
        assertRefused(FailureCode.CONFLICT, () -> attach(storage, volume, Uuid7.next()));
        assertRefused(FailureCode.CONFLICT, () -> storage.deleteVolume(volume));
        assertThat(volumesOf(vm)).containsExactly(volume);
        release(volume, vm);
        release(volume, vm);
        assertThat(volumesOf(vm)).isEmpty();
        attach(storage, volume, Uuid7.next());
    }

    /** Twice twenty VMs want the same volume at the same moment, through two control planes. */
    @Test
    void twoControlPlanesGiveItAwayOnce() throws Exception {
        UUID volume = storage.madeVolume(pool, "data").id();
        try (StorageProcess other = StorageProcess.start(hosts, database, TaskObserver.NONE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<VolumeView>> wishes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                wishes.add(threads.submit(() -> attach(storage, volume, Uuid7.next())));
                wishes.add(threads.submit(() -> attach(other, volume, Uuid7.next())));
            }
            int given = 0;
            for (Future<VolumeView> wish : wishes) {
                given += isGiven(wish) ? 1 : 0;
            }
            assertThat(given).isEqualTo(1);
            assertThat(storage.volume(volume).attachments()).hasSize(1);
        }
    }

    private static boolean isGiven(Future<VolumeView> wish) throws InterruptedException {
        try {
            wish.get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(FailureException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(FailureCode.CONFLICT));
            return false;
        }
    }

    @Test
    void aShareableVolumeHasSeveralVmsAndIsThenLeftAsItIs() {
        UUID volume = storage.madeVolume(pool, "quorum").id();
        assertThat(share(volume, true).shareable()).isTrue();
        UUID first = Uuid7.next();
        UUID second = Uuid7.next();
        attach(storage, volume, first);
        assertThat(attach(storage, volume, second).attachments())
                .extracting(VolumeView.Attachment::vmId)
                .containsExactly(first, second);
        assertRefused(FailureCode.CONFLICT, () -> share(volume, false));
        assertRefused(FailureCode.CONFLICT, () -> storage.resize(volume, 2 * MIB, null));
        release(volume, first);
        storage.succeeded(storage.resize(volume, 2 * MIB, null));
        release(volume, second);
        assertThat(share(volume, false).shareable()).isFalse();
    }

    @Test
    void whatKeepsItsTablesToItselfCannotBeShared() {
        hosts.sharing = false;
        UUID files = storage.createPool("p2", hosts.one).id();
        UUID qcow2 = storage.madeVolume(files, "data").id();
        assertThat(storage.volume(qcow2).format()).isEqualTo("qcow2");
        assertRefused(FailureCode.INVALID, "shareable", () -> share(qcow2, true));
        assertRefused(FailureCode.INVALID, "shareable", () -> create(files, "shared", "qcow2", true));
        UUID raw = create(files, "shared", null, true);
        assertThat(storage.volume(raw).format()).isEqualTo("raw");
        assertThat(storage.volume(raw).shareable()).isTrue();
    }

    @Test
    void aPoolIsOnlyAskedForFormatsThatItHas() {
        assertRefused(FailureCode.INVALID, "format", () -> create(pool, "data", "qcow2", false));
    }

    @Test
    void aVolumeThatTheVmsHostDoesNotReachIsRefused() {
        hosts.sharing = false;
        UUID files = storage.createPool("p2", hosts.one).id();
        UUID volume = storage.madeVolume(files, "data").id();
        assertRefused(
                FailureCode.CONFLICT,
                () -> request(storage, new StorageApi.AttachVolume(volume, Uuid7.next(), hosts.two, false)));
        assertThat(storage.volume(volume).attachments()).isEmpty();
    }

    /** The hosts of two VMs do not know what the other one writes. */
    @Test
    void whatSeveralVmsWriteToIsNotReadAsIfItStoodStill() {
        hosts.sharing = false;
        UUID volume = create(storage.createPool("p2", hosts.one).id(), "quorum", null, true);
        attach(storage, volume, Uuid7.next());
        attach(storage, volume, Uuid7.next());
        var export = new TransferApi.ExportVolume(volume, null, "raw");
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(TransferApi.EXPORT_VOLUME, export));
        var clone = new StorageApi.CreateVolume(
                null, null, "clone", null, new VolumeOrigin(null, volume, null), false, Preallocation.THIN);
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.CREATE_VOLUME, clone));
    }

    private UUID create(UUID in, String name, @Nullable String format, boolean shareable) {
        var wish = new StorageApi.CreateVolume(
                in, null, name, MIB, VolumeOrigin.ZEROES, false, Preallocation.THIN, format, shareable);
        var task = storage.plane.bus().request(StorageApi.CREATE_VOLUME, wish, TestControlPlane.caller());
        storage.succeeded(task);
        return task.targetId();
    }

    private VolumeView share(UUID volume, boolean shareable) {
        return storage.plane
                .bus()
                .request(
                        StorageApi.SET_SHAREABLE,
                        new StorageApi.SetShareable(volume, shareable, null),
                        TestControlPlane.caller());
    }

    private VolumeView attach(StorageProcess at, UUID volume, UUID vm) {
        return request(at, new StorageApi.AttachVolume(volume, vm, hosts.one, false));
    }

    private static VolumeView request(StorageProcess at, StorageApi.AttachVolume wish) {
        return at.plane.bus().request(StorageApi.ATTACH_VOLUME, wish, TestControlPlane.caller());
    }

    private void release(UUID volume, UUID vm) {
        storage.plane
                .bus()
                .request(StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(volume, vm), TestControlPlane.caller());
    }

    private List<UUID> volumesOf(UUID vm) {
        var wish = new StorageApi.ListVolumes(Page.FIRST, null, vm);
        return storage.plane.bus().request(StorageApi.LIST_VOLUMES, wish, TestControlPlane.caller()).items().stream()
                .map(VolumeView::id)
                .toList();
    }
}
