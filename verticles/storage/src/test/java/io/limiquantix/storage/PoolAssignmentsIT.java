package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.DriverView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done with pools that are there: hosts come and go, nothing new goes in, what was made by hand is taken over. */
class PoolAssignmentsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aHostIsGivenAPoolAndLosesIt() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        PoolView both = storage.ask(StorageApi.ASSIGN_HOST, new StorageApi.PoolHost(pool, hosts.two));
        assertThat(both.hosts()).extracting(PoolView.OnHost::hostId).containsExactlyInAnyOrder(hosts.one, hosts.two);
        assertThat(hosts.pools(hosts.two)).contains(pool);
        hosts.report(hosts.two, null);
        storage.ask(StorageApi.UNASSIGN_HOST, new StorageApi.UnassignHost(pool, hosts.two, false));
        assertThat(storage.pool(pool).hosts()).hasSize(1);
        assertThat(hosts.pools(hosts.two)).isEmpty();
        assertThat(hosts.effects).contains("close pool 2");
    }

    @Test
    void ofASharedPoolAHostThatLeavesLeavesEverythingToTheOthers() {
        hosts.sharing = true;
        UUID pool = storage.createPool("p1").id();
        storage.madeVolume(pool, "v1");
        storage.ask(StorageApi.UNASSIGN_HOST, new StorageApi.UnassignHost(pool, hosts.one, false));
        assertThat(hosts.effects).contains("leave pool 1").doesNotContain("close pool 1");
        assertRefused(
                FailureCode.CONFLICT,
                () -> storage.ask(StorageApi.UNASSIGN_HOST, new StorageApi.UnassignHost(pool, hosts.two, false)));
    }

    @Test
    void aSharedPoolIsGivenBackOnce() {
        hosts.sharing = true;
        UUID pool = storage.createPool("p1").id();
        storage.deletePool(pool);
        assertThat(hosts.effects.stream().filter(effect -> effect.startsWith("close pool")))
                .hasSize(1);
        assertThat(hosts.effects.stream().filter(effect -> effect.startsWith("leave pool")))
                .hasSize(1);
    }

    @Test
    void aHostThatHoldsVolumesOfItsOwnKeepsThePool() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        storage.madeVolume(pool, "v1");
        storage.ask(StorageApi.ASSIGN_HOST, new StorageApi.PoolHost(pool, hosts.two));
        assertRefused(
                FailureCode.CONFLICT,
                () -> storage.ask(StorageApi.UNASSIGN_HOST, new StorageApi.UnassignHost(pool, hosts.one, false)));
        assertThat(hosts.pools(hosts.one)).contains(pool);
    }

    @Test
    void whatAHostRefusesIsNotStored() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        hosts.faults.refuse("open pool 2", FailureCode.STORAGE, "The export is not there.");
        assertRefused(
                FailureCode.STORAGE,
                () -> storage.ask(StorageApi.ASSIGN_HOST, new StorageApi.PoolHost(pool, hosts.two)));
        assertThat(storage.pool(pool).hosts()).hasSize(1);
        assertRefused(
                FailureCode.INVALID,
                "hostId",
                () -> storage.ask(StorageApi.ASSIGN_HOST, new StorageApi.PoolHost(pool, Uuid7.next())));
    }

    @Test
    void nothingNewGoesIntoAPoolInMaintenance() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        VolumeView volume = storage.madeVolume(pool, "v1");
        PoolView changed = storage.ask(StorageApi.SET_MAINTENANCE, new StorageApi.SetMaintenance(pool, true, null));
        assertThat(changed.maintenance()).isTrue();
        assertRefused(FailureCode.CONFLICT, () -> storage.createVolume(pool, "v2"));
        storage.succeeded(storage.resize(volume.id(), 4 * StorageProcess.MIB, null));
        assertRefused(
                FailureCode.STALE_VERSION,
                () -> storage.ask(
                        StorageApi.SET_MAINTENANCE, new StorageApi.SetMaintenance(pool, false, changed.version() - 1)));
        storage.ask(StorageApi.SET_MAINTENANCE, new StorageApi.SetMaintenance(pool, false, changed.version()));
        storage.madeVolume(pool, "v2");
    }

    @Test
    void aTrialSaysOfEachHostHowItIsAndLeavesNothing() {
        hosts.faults.refuse("open pool 2", FailureCode.STORAGE, "The export is not there.");
        var request = new StorageApi.TryPool("local", Map.of("path", "/srv/vm"), Map.of(), List.of());
        var trials = storage.ask(StorageApi.TRY_POOL, request).trials();
        assertThat(trials).filteredOn(StorageApi.Trial::usable).singleElement().satisfies(trial -> {
            assertThat(trial.hostId()).isEqualTo(hosts.one);
            assertThat(trial.capacityBytes()).isEqualTo(FakeHosts.CAPACITY);
        });
        assertThat(trials).filteredOn(trial -> !trial.usable()).singleElement().satisfies(trial -> assertThat(
                        trial.problem())
                .isEqualTo("The export is not there."));
        assertThat(hosts.pools(hosts.one)).isEmpty();
        assertThat(storage.pools()).isEmpty();
    }

    @Test
    void whatWasMadeByHandIsListedAndBecomesAVolume() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        hosts.byHand.add("old disk.raw");
        var found = storage.ask(StorageApi.LIST_UNMANAGED, new StorageApi.Pool(pool))
                .items();
        assertThat(found)
                .singleElement()
                .satisfies(item -> assertThat(item.volume().name()).isEqualTo("old disk.raw"));
        var adopt = new StorageApi.AdoptVolume(pool, hosts.one, "old disk.raw", "v1");
        TaskRef ref = storage.ask(StorageApi.ADOPT_VOLUME, adopt);
        storage.succeeded(ref);
        VolumeView volume = storage.volume(ref.targetId());
        assertThat(volume.format()).isEqualTo("raw");
        assertThat(volume.sizeBytes()).isEqualTo(4096);
        assertThat(volume.state()).isEqualTo(VolumeView.State.READY);
        assertRefused(FailureCode.CONFLICT, "name", () -> storage.ask(StorageApi.ADOPT_VOLUME, adopt));
        var nothing = new StorageApi.AdoptVolume(pool, hosts.one, "old disk.raw", "v2");
        storage.failed(storage.ask(StorageApi.ADOPT_VOLUME, nothing));
        assertThat(storage.volumes()).hasSize(1);
    }

    @Test
    void theDriversAreThoseOfAHostThatIsUp() {
        var drivers = storage.ask(StorageApi.LIST_DRIVERS, Nothing.NOTHING).drivers();
        assertThat(drivers).extracting(DriverView::name).containsExactly("local", "remote");
    }

    @Test
    void aPoolThatFillsUpSaysSoBeforeItIsFull() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        assertThat(storage.pool(pool).fullness()).isEqualTo(PoolView.Fullness.NORMAL);
        hosts.freePercent = 19;
        hosts.report(hosts.one, null);
        Eventually.holds(() -> storage.pool(pool).fullness() == PoolView.Fullness.WARNING);
        hosts.freePercent = 4;
        hosts.report(hosts.one, null);
        Eventually.holds(() -> storage.pool(pool).fullness() == PoolView.Fullness.FULL);
    }
}
