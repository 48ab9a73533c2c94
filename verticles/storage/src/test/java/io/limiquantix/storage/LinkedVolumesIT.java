package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.id.Uuid7;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes that stand on snapshots of others, and copies of snapshots, for VMs. */
class LinkedVolumesIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID pool = storage.createPool("p1", hosts.one).id();
    private final UUID source = storage.madeVolume(pool, "source").id();
    private final SnapshotView snapshot = storage.madeSnapshot(source, "then");

    @AfterEach
    void stop() {
        storage.close();
    }

    private StorageApi.ProvisionVolume wish(UUID id) {
        return new StorageApi.ProvisionVolume(
                id,
                pool,
                hosts.one,
                "clone " + id,
                MIB,
                VolumeOrigin.linkedTo(source, snapshot.id()),
                false,
                Preallocation.THIN,
                Uuid7.next());
    }

    private StorageApi.Snapshot name() {
        return new StorageApi.Snapshot(source, snapshot.id());
    }

    @Test
    void whatAVolumeStandsOnStaysUntilThatIsGone() {
        VolumeView clone = storage.ask(StorageApi.PROVISION_VOLUME, wish(Uuid7.next()));
        assertThat(clone.independent()).isFalse();
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.DELETE_SNAPSHOT, name()));
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.DISCARD_SNAPSHOT, name()));
        assertRefused(
                FailureCode.CONFLICT,
                () -> storage.ask(StorageApi.DELETE_VOLUME, new StorageApi.DeleteVolume(source, true)));
        assertRefused(
                FailureCode.CONFLICT, () -> storage.ask(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(source)));
        assertThat(storage.volume(source).state()).isEqualTo(VolumeView.State.READY);
        assertThat(storage.snapshots(source))
                .singleElement()
                .extracting(SnapshotView::state)
                .isEqualTo(SnapshotView.State.READY);
        storage.ask(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(clone.id()));
        storage.ask(StorageApi.DISCARD_SNAPSHOT, name());
        storage.ask(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(source));
        assertThat(hosts.snapshots).isEmpty();
    }

    @Test
    void oneThatBecomesIndependentHoldsUpNothing() {
        VolumeView clone = storage.ask(StorageApi.PROVISION_VOLUME, wish(Uuid7.next()));
        storage.succeeded(storage.ask(StorageApi.MAKE_INDEPENDENT, new StorageApi.Volume(clone.id())));
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name()));
    }

    @Test
    void noneIsMadeOnASnapshotThatIsGone() {
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name()));
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(StorageApi.PROVISION_VOLUME, wish(Uuid7.next())));
    }

    @Test
    void aSnapshotIsCopiedIntoAVolumeOfAVm() {
        UUID id = Uuid7.next();
        UUID vm = Uuid7.next();
        TaskRef copying = storage.ask(
                StorageApi.COPY_SNAPSHOT, new StorageApi.CopySnapshot(id, pool, hosts.one, "copy", name(), vm));
        assertThat(copying.targetId()).isEqualTo(id);
        storage.succeeded(copying);
        assertThat(storage.volume(id).independent()).isTrue();
        assertThat(storage.volume(id).vmId()).isEqualTo(vm);
        storage.succeeded(storage.ask(StorageApi.DELETE_SNAPSHOT, name()));
    }
}
