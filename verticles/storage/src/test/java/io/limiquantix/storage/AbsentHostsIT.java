package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools that are taken from hosts that do not answer. */
class AbsentHostsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);

    @AfterEach
    void stop() {
        storage.close();
    }

    private UUID sharedPool() {
        hosts.sharing = true;
        return storage.createPool("p1").id();
    }

    private PoolView takeFromTwo(UUID pool) {
        return storage.ask(StorageApi.UNASSIGN_HOST, new StorageApi.UnassignHost(pool, hosts.two, true));
    }

    @Test
    void aDeadHostIsNotAskedAndClosesThePoolWhenItIsBackWithoutGivingThePlaceBack() {
        UUID pool = sharedPool();
        hosts.down.add(hosts.two);
        assertThat(takeFromTwo(pool).hosts())
                .extracting(PoolView.OnHost::hostId)
                .containsExactly(hosts.one);
        assertThat(hosts.faults.operations("leave pool 2")).isEmpty();
        hosts.down.clear();
        hosts.report(hosts.two, null);
        Eventually.holds(() -> hosts.pools(hosts.two).isEmpty());
        assertThat(hosts.effects).contains("leave pool 2").doesNotContain("close pool 2");
        assertThat(hosts.pools(hosts.one)).containsExactly(pool);
    }

    @Test
    void whatIsSharedAsFarAsAnybodyKnowsIsOnlyClosedThoughNoHostOfItSaysSo() {
        UUID pool = sharedPool();
        hosts.down.add(hosts.two);
        takeFromTwo(pool);
        storage.plane.controlPlane().database().update("update storage.pool_hosts set report = report - 'abilities'");
        hosts.report(hosts.two, null);
        Eventually.holds(() -> hosts.pools(hosts.two).isEmpty());
        assertThat(hosts.effects).doesNotContain("close pool 2");
    }

    @Test
    void aHostThatIsUpGivesItUpItself() {
        UUID pool = sharedPool();
        assertThatThrownBy(() -> takeFromTwo(pool)).hasMessageContaining("The host h2 is up");
        assertThat(storage.pool(pool).hosts()).hasSize(2);
    }

    @Test
    void aHostWhoseVmsMayStillRunKeepsThePool() {
        UUID pool = sharedPool();
        UUID vm = UUID.nameUUIDFromBytes(new byte[] {1});
        storage.provision(pool, null, Uuid7.next());
        hosts.vms.put(vm, hosts.two);
        hosts.down.add(hosts.two);
        assertThatThrownBy(() -> takeFromTwo(pool))
                .hasMessageContaining("may still be running")
                .hasMessageContaining("vm-1");
        assertThat(storage.pool(pool).hosts()).hasSize(2);
        hosts.vms.put(vm, hosts.one);
        assertThat(takeFromTwo(pool).hosts()).hasSize(1);
    }

    @Test
    void whatLiesThereAloneKeepsThePoolThere() {
        UUID pool = storage.createPool("p1", hosts.two).id();
        storage.madeVolume(pool, "v1");
        storage.ask(StorageApi.ASSIGN_HOST, new StorageApi.PoolHost(pool, hosts.one));
        hosts.down.add(hosts.two);
        assertThatThrownBy(() -> takeFromTwo(pool)).hasMessageContaining("holds 1 volumes on this host");
    }

    @Test
    void anImageThatLiesThereAloneKeepsThePoolThere() {
        UUID pool = storage.createPool("p1").id();
        hosts.images.add(FakeViews.image("debian", new ImageView.Copy(pool, hosts.two)));
        hosts.down.add(hosts.two);
        assertThatThrownBy(() -> takeFromTwo(pool)).hasMessageContaining("holds the image debian");
        hosts.images.clear();
        assertThat(takeFromTwo(pool).hosts()).hasSize(1);
    }

    @Test
    void theLastHostOfAPoolStays() {
        hosts.sharing = true;
        UUID pool = storage.createPool("p1", hosts.two).id();
        hosts.down.add(hosts.two);
        assertRefused(FailureCode.CONFLICT, () -> takeFromTwo(pool));
        assertThat(storage.pool(pool).hosts()).hasSize(1);
    }
}
