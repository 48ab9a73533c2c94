package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool whose hosts see the same volumes. */
class SharedPoolIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
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
    void itsHostsDoNotAddUp() {
        PoolView view = storage.pool(pool);
        assertThat(view.shared()).isTrue();
        assertThat(view.capacityBytes()).isEqualTo(FakeHosts.CAPACITY);
        assertThat(view.freeBytes()).isEqualTo(FakeHosts.CAPACITY / 100 * 50);
    }

    @Test
    void aVolumeLiesOnNoneOfItsHostsAndIsOfThePoolsFormat() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        assertThat(volume.hostId()).isNull();
        assertThat(volume.format()).isEqualTo("raw");
        assertRefused(FailureCode.CONFLICT, "name", () -> storage.createVolume(pool, "V1"));
        assertThat(storage.provision(pool, null, Uuid7.next()).hostId()).isNull();
    }

    @Test
    void anotherHostTakesOverWhatOneCannotDo() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.report(hosts.one, "The mount is gone.");
        hosts.report(hosts.two, null);
        Eventually.holds(() -> storage.pool(pool).state() == PoolView.State.DEGRADED);
        storage.succeeded(storage.resize(volume.id(), 2 * MIB, null));
        storage.succeeded(storage.deleteVolume(volume.id()));
        assertThat(hosts.effects).contains("resize volume 2", "delete volume 2");
        assertThat(hosts.volumes).isEmpty();
    }

    @Test
    void whatNoHostCanDoWaitsUntilOneCan() {
        VolumeView volume = storage.madeVolume(pool, "v1");
        hosts.report(hosts.one, "The mount is gone.");
        hosts.report(hosts.two, "The mount is gone.");
        Eventually.holds(() -> storage.pool(pool).state() == PoolView.State.UNAVAILABLE);
        var deletion = storage.deleteVolume(volume.id());
        hosts.report(hosts.two, null);
        storage.succeeded(deletion);
        assertThat(hosts.effects).contains("delete volume 2");
    }

    @Test
    void whatAVmMayHaveOpenIsInTheHandsOfItsHost() {
        VolumeView volume = storage.provision(pool, null, Uuid7.next());
        hosts.vms.put(Objects.requireNonNull(volume.vmId()), hosts.two);
        storage.succeeded(storage.resize(volume.id(), 2 * MIB, null));
        storage.madeSnapshot(volume.id(), "s1");
        assertThat(hosts.effects).contains("resize volume 2", "create snapshot 2");
        hosts.vms.clear();
        storage.succeeded(storage.resize(volume.id(), 3 * MIB, null));
        assertThat(hosts.volumes).containsEntry(volume.id(), 3 * MIB);
    }
}
