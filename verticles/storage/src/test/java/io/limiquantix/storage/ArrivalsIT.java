package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.MIB;
import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.ArrivalApi;
import io.limiquantix.bus.storage.ArrivalApi.Arriving;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that go to another host with their VM. */
class ArrivalsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final UUID image = Uuid7.next();
    private final UUID volume = Uuid7.next();
    private final UUID migration = Uuid7.next();
    private volatile String backing =
            "<backingStore type='file'><source file='/p/images/" + image + ".qcow2'/><backingStore/></backingStore>";
    private volatile List<VolumeReport> lying = List.of();
    private UUID pool = Uuid7.next();

    @BeforeEach
    void make() {
        pool = storage.createPool("p1", hosts.one, hosts.two).id();
        storage.provision(pool, image, volume);
        storage.plane
                .bus()
                .serve(
                        DomainApi.READ_DEFINITION,
                        hosts.one,
                        (q, caller) -> new DomainApi.Definition(definition(), "<domain/>", Instant.EPOCH));
        storage.plane
                .bus()
                .serve(HostStorageApi.LIST_VOLUMES, hosts.two, (q, caller) -> new HostStorageApi.Volumes(lying));
        hosts.effects.clear();
    }

    private String definition() {
        return "<domain><devices><disk type='file' device='disk'><source file='/pool/" + volume + ".qcow2'/>" + backing
                + "</disk></devices></domain>";
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private Arriving begin(Caller caller, UUID which) {
        return storage.plane
                .bus()
                .request(ArrivalApi.BEGIN, new ArrivalApi.BeginArrival(volume, hosts.two, which), caller);
    }

    private Arriving begin() {
        return begin(TestControlPlane.caller(), migration);
    }

    private void end(boolean arrived) {
        storage.ask(ArrivalApi.END, new ArrivalApi.EndArrival(volume, hosts.two, migration, arrived));
    }

    @Test
    void standsOnTheTargetsImageAndIsTheVolumeOnceItHasArrived() {
        Caller caller = TestControlPlane.caller();
        Arriving arriving = begin(caller, migration);
        assertThat(arriving.toSend()).isTrue();
        assertThat(begin(caller, migration)).isEqualTo(arriving);
        assertThat(hosts.creations.getLast().origin()).isEqualTo(VolumeOrigin.ofImage(image));
        assertThat(hosts.effects).containsExactly("delete volume 2", "create volume 2");
        assertThat(storage.volume(volume).hostId()).isEqualTo(hosts.one);
        assertRefused(FailureCode.CONFLICT, () -> storage.resize(volume, 2 * MIB, null));
        assertRefused(FailureCode.CONFLICT, () -> begin(TestControlPlane.caller(), Uuid7.next()));
        end(true);
        end(true);
        end(false);
        assertThat(storage.volume(volume).hostId()).isEqualTo(hosts.two);
        assertThat(storage.volume(volume).path()).isEqualTo(arriving.path());
        assertThat(hosts.effects).last().isEqualTo("delete volume 1");
        assertThat(hosts.effects).hasSize(3);
    }

    @Test
    void whatDidNotArriveIsDeletedAndTheVolumeIsWhereItWas() {
        begin();
        end(false);
        end(true);
        assertThat(storage.volume(volume).hostId()).isEqualTo(hosts.one);
        assertThat(hosts.effects).containsExactly("delete volume 2", "create volume 2", "delete volume 2");
    }

    @Test
    void whatAHostHasThatIsAwayIsDeletedWhenItIsHeardAgain() {
        begin();
        hosts.faults.refuse("delete volume 1", FailureCode.UNAVAILABLE, "Nobody is there.");
        end(true);
        assertThat(storage.volume(volume).hostId()).isEqualTo(hosts.two);
        assertThat(hosts.effects).doesNotContain("delete volume 1");
        hosts.report(hosts.one, null);
        Eventually.holds(() -> hosts.effects.contains("delete volume 1"));
        hosts.report(hosts.one, null);
        assertThat(storage.volume(volume).hostId()).isEqualTo(hosts.two);
    }

    /** As where a directory that both hosts have is a pool that each has for itself: what is deleted there is the running disk. */
    @Test
    void whatNobodyMadeThereIsNotTouched() {
        lying = List.of(new VolumeReport(volume, "/pool/" + volume, "qcow2", MIB, MIB));
        for (int i = 0; i < 2; i++) {
            assertRefused(FailureCode.CONFLICT, this::begin);
        }
        assertThat(hosts.effects).isEmpty();
        lying = List.of();
        assertThat(begin().toSend()).isTrue();
    }

    /** Storage that shares blocks may have made a volume that stands on nothing of an image. */
    @Test
    void standsOnWhatTheRunningDiskStandsOn() {
        backing = "<backingStore/>";
        begin();
        assertThat(hosts.creations.getLast().origin()).isEqualTo(VolumeOrigin.ZEROES);
        end(false);
        backing = "";
        assertRefused(FailureCode.CONFLICT, this::begin);
        end(false);
        backing = "<backingStore type='file'><source file='/p/volumes/" + image
                + ".qcow2'/><backingStore/></backingStore>";
        assertRefused(FailureCode.CONFLICT, this::begin);
    }

    @Test
    void oneWithSnapshotsStaysAndASharedOneNeedsNoCopy() {
        storage.succeeded(storage.ask(StorageApi.CREATE_SNAPSHOT, new StorageApi.CreateSnapshot(volume, "one")));
        assertRefused(FailureCode.CONFLICT, this::begin);
        hosts.sharing = true;
        UUID shared = Uuid7.next();
        storage.provision(storage.createPool("p2", hosts.one, hosts.two).id(), null, shared);
        Arriving arriving = storage.ask(ArrivalApi.BEGIN, new ArrivalApi.BeginArrival(shared, hosts.two, migration));
        assertThat(arriving.toSend()).isFalse();
        storage.ask(ArrivalApi.END, new ArrivalApi.EndArrival(shared, hosts.two, migration, true));
        assertThat(hosts.effects).doesNotContain("delete volume 1", "delete volume 2");
    }
}
