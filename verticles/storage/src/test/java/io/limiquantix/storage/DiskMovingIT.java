package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.storage.DiskMoveApi;
import io.limiquantix.bus.storage.DiskMoveApi.BeginDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.DecideDiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.DiskMove;
import io.limiquantix.bus.storage.DiskMoveApi.MovingDisk;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that go to another pool while a VM has them. */
class DiskMovingIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID image = Uuid7.next();
    private final UUID volume = Uuid7.next();
    private final UUID move = Uuid7.next();
    private long bytes = MIB;
    private UUID from = Uuid7.next();
    private UUID to = Uuid7.next();

    @BeforeEach
    void make() {
        from = storage.createPool("p1", hosts.one, hosts.two).id();
        to = storage.createPool("p2", hosts.one, hosts.two).id();
        hosts.folders.put(to, "/other");
        storage.provision(from, image, volume);
        hosts.deletions.clear();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private MovingDisk begin(Caller caller, UUID which, UUID pool) {
        return storage.plane
                .bus()
                .request(DiskMoveApi.BEGIN, new BeginDiskMove(which, volume, pool, hosts.one, bytes), caller);
    }

    private MovingDisk begin() {
        return begin(TestControlPlane.caller(), move, to);
    }

    private UUID decide(String path) {
        return storage.ask(DiskMoveApi.DECIDE, new DecideDiskMove(move, volume, path))
                .poolId();
    }

    private void end() {
        storage.ask(DiskMoveApi.END, new DiskMove(move, volume));
    }

    private List<UUID> deletedIn() {
        return hosts.deletions.stream().map(HostStorageApi.DeleteVolume::poolId).toList();
    }

    @Test
    void isInTheOtherPoolOnceItsMachineHasItThereAndOnlyThenTheFormerOneGoes() {
        Caller caller = TestControlPlane.caller();
        MovingDisk made = begin(caller, move, to);
        assertThat(begin(caller, move, to)).isEqualTo(made);
        assertRefused(FailureCode.CONFLICT, () -> begin(TestControlPlane.caller(), Uuid7.next(), to));
        assertRefused(FailureCode.CONFLICT, () -> storage.resize(volume, 2 * MIB, null));
        assertRefused(FailureCode.CONFLICT, () -> storage.deletePool(to));
        assertRefused(FailureCode.CONFLICT, this::end);
        String name = storage.volume(volume).name();
        assertThat(decide(made.path())).isEqualTo(to);
        assertThat(decide("/pool/" + volume)).isEqualTo(to);
        assertThat(deletedIn()).containsExactly(to);
        end();
        end();
        VolumeView now = storage.volume(volume);
        assertThat(now.poolId()).isEqualTo(to);
        assertThat(now.hostId()).isEqualTo(hosts.one);
        assertThat(now.path()).isEqualTo(made.path());
        assertThat(now.name()).isEqualTo(name);
        assertThat(now.independent()).isTrue();
        assertThat(now.attachments()).hasSize(1);
        assertThat(deletedIn()).containsExactly(to, from);
        assertThat(storage.ask(StorageApi.COUNT_USES, new StorageApi.Image(image))
                        .volumes())
                .isZero();
    }

    @Test
    void whatItsMachineDoesNotHaveGoesAlsoWhenItsHostIsAwayAtThatMoment() {
        MovingDisk made = begin();
        hosts.faults.refuse("delete volume 1", FailureCode.UNAVAILABLE, "Nobody is there.");
        assertThat(decide("/pool/" + volume)).isEqualTo(from);
        end();
        assertThat(storage.volume(volume).poolId()).isEqualTo(from);
        assertThat(storage.volume(volume).path()).isNotEqualTo(made.path());
        hosts.report(hosts.one, null);
        Eventually.holds(() -> deletedIn().equals(List.of(to, to)));
        assertThat(storage.volume(volume).poolId()).isEqualTo(from);
    }

    @Test
    void whatCannotGoIsRefusedBeforeAnythingIsMade() {
        assertRefused(FailureCode.CONFLICT, () -> begin(TestControlPlane.caller(), move, from));
        bytes = FakeHosts.CAPACITY;
        assertRefused(FailureCode.CONFLICT, this::begin);
        bytes = MIB;
        storage.succeeded(storage.ask(StorageApi.CREATE_SNAPSHOT, new StorageApi.CreateSnapshot(volume, "one")));
        assertRefused(FailureCode.CONFLICT, this::begin);
        assertThat(hosts.deletions).isEmpty();
        assertThat(decide("/pool/" + volume)).isEqualTo(from);
        end();
    }

    /** A pool with volumes that are called alike could not be told from the other one. */
    @Test
    void aPlaceOfTheSameNameIsNone() {
        hosts.folders.clear();
        assertRefused(FailureCode.CONFLICT, this::begin);
        assertThat(decide("/pool/" + volume)).isEqualTo(from);
        end();
        assertThat(storage.volume(volume).poolId()).isEqualTo(from);
    }
}
