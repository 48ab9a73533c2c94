package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes and snapshots of a directory pool, with and without a guest that runs with them. */
class VolumeLifeIT {
    private static final long GIB = 1L << 30;
    private final TestHost host;

    VolumeLifeIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void whatAGuestRunsWithIsNeitherCopiedNorGivenUp() {
        VolumeReport disk = host.volume(host.tinyImage());
        UUID vm = host.newVm();
        host.ask(
                DomainApi.DEFINE,
                new DomainApi.Define(host.spec("life-" + vm.toString().substring(30), vm, disk, null)));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        var snapshot = snapshot(disk);
        refused(FailureCode.CONFLICT, () -> copy(disk, null));
        refused(
                FailureCode.CONFLICT,
                () -> host.ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(host.poolId())));
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(HostStorageApi.CREATE_SNAPSHOT, snapshot);
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, snapshot));
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, snapshot).sizeBytes())
                .isEqualTo(disk.sizeBytes());
        refused(FailureCode.CONFLICT, () -> delete(disk, false));
        delete(disk, true);
    }

    @Test
    void aCopyOfASnapshotIsWhatTheVolumeWas() {
        VolumeReport volume = host.volume(null);
        var snapshot = snapshot(volume);
        host.ask(HostStorageApi.CREATE_SNAPSHOT, snapshot);
        host.ask(
                HostStorageApi.RESIZE_VOLUME,
                new HostStorageApi.ResizeVolume(host.poolId(), volume.volumeId(), 3 * GIB));
        VolumeReport copy = copy(volume, snapshot.snapshotId());
        assertThat(copy.sizeBytes()).isEqualTo(GIB);
        var all = host.ask(
                        HostStorageApi.LIST_SNAPSHOTS, new HostStorageApi.VolumeName(host.poolId(), volume.volumeId()))
                .snapshots();
        assertThat(all).singleElement().satisfies(s -> {
            assertThat(s.snapshotId()).isEqualTo(snapshot.snapshotId());
            assertThat(s.sizeBytes()).isEqualTo(GIB);
        });
        host.ask(HostStorageApi.DELETE_SNAPSHOT, snapshot);
        host.ask(HostStorageApi.MAKE_INDEPENDENT, new HostStorageApi.VolumeName(host.poolId(), copy.volumeId()));
    }

    @Test
    void whatSomebodyPutThereIsSeenAndTakenOver() throws Exception {
        Files.write(host.pool().resolve("volumes/by hand.raw"), new byte[1 << 20]);
        var pool = new HostStorageApi.PoolName(host.poolId());
        assertThat(host.ask(HostStorageApi.LIST_UNMANAGED, pool).volumes())
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.name()).isEqualTo("by hand.raw");
                    assertThat(volume.sizeBytes()).isEqualTo(1 << 20);
                });
        var adopt = new HostStorageApi.AdoptVolume(host.poolId(), "by hand.raw", Uuid7.next());
        VolumeReport volume = host.ask(HostStorageApi.ADOPT_VOLUME, adopt);
        assertThat(volume.format()).isEqualTo("raw");
        assertThat(host.ask(HostStorageApi.ADOPT_VOLUME, adopt)).isEqualTo(volume);
        assertThat(host.ask(HostStorageApi.LIST_UNMANAGED, pool).volumes()).isEmpty();
        refused(FailureCode.CONFLICT, () -> host.ask(HostStorageApi.RELEASE_POOL, pool));
        delete(volume, false);
        host.ask(HostStorageApi.RELEASE_POOL, pool);
        host.openPool(host.poolId(), host.pool());
    }

    @Test
    void theDriversSayWhatTheyWantToBeTold() {
        var drivers = host.ask(HostStorageApi.LIST_DRIVERS, Nothing.NOTHING).drivers();
        assertThat(drivers).extracting(HostStorageApi.DriverView::name).contains("local", "nfs");
        assertThat(drivers).allSatisfy(driver -> assertThat(driver.settings())
                .allSatisfy(setting -> assertThat(setting.description()).endsWith(".")));
    }

    private HostStorageApi.SnapshotName snapshot(VolumeReport volume) {
        return new HostStorageApi.SnapshotName(host.poolId(), volume.volumeId(), Uuid7.next());
    }

    private VolumeReport copy(VolumeReport volume, @Nullable UUID snapshot) {
        var request = new HostStorageApi.CreateVolume(
                host.poolId(),
                Uuid7.next(),
                volume.format(),
                volume.sizeBytes(),
                new VolumeOrigin(null, volume.volumeId(), snapshot),
                false,
                HostStorageApi.Preallocation.THIN);
        return host.ask(HostStorageApi.CREATE_VOLUME, request);
    }

    private void delete(VolumeReport volume, boolean withSnapshots) {
        var name = new HostStorageApi.DeleteVolume(host.poolId(), volume.volumeId(), withSnapshots);
        host.ask(HostStorageApi.DELETE_VOLUME, name);
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
