package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.AdoptionApi;
import io.limiquantix.bus.compute.AdoptionApi.AdoptDomain;
import io.limiquantix.bus.compute.AdoptionApi.ReleaseVm;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.DiskMovingApi;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi.BootDevice;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.HostAdoptionApi.TakenDisk;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Domains that become VMs and VMs that become domains of nobody, on a control plane that all the tests share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdoptionIT {
    private final World world = new World();
    private final FakeAdoption host = world.strangers.adoption;
    private final ComputeProcess compute = ComputeProcess.start(world);

    @BeforeEach
    void forget() {
        world.effects.clear();
        world.refusals.clear();
    }

    @AfterAll
    void stop() {
        compute.close();
    }

    private TaskRef adopt(Adoptable domain, @Nullable String name) {
        var wish = new AdoptDomain(world.hostId, domain.uuid(), name, null, "team/web", Map.of("env", "test"));
        return compute.plane.bus().request(AdoptionApi.ADOPT, wish, TestControlPlane.caller());
    }

    private TaskRef release(UUID vm) {
        return compute.plane.bus().request(AdoptionApi.RELEASE, new ReleaseVm(vm, null), TestControlPlane.caller());
    }

    private VmView adopted(String name, String network) {
        TaskRef ref = adopt(host.domain(name, network, List.of()), null);
        compute.succeeded(ref);
        return compute.vm(ref.targetId());
    }

    @Test
    void aDomainBecomesAVmAsItIsAndTheHostIsToldLast() {
        VmView vm = adopted("there", "lan-7");
        assertThat(vm.phase()).isEqualTo(Phase.READY);
        assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(vm.hostId()).isEqualTo(world.hostId);
        assertThat(vm.spec().folder()).isEqualTo("team/web");
        assertThat(vm.spec().labels()).containsEntry("env", "test");
        assertThat(vm.spec().description()).isEqualTo("made by hand");
        assertThat(vm.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.network()).isEqualTo("lan-7");
            assertThat(nic.mac()).startsWith("52:54:00:aa:bb:");
        });
        VmView.Disk disk = vm.disks().getFirst();
        assertThat(disk.hardware()).isEqualTo(FakeAdoption.HARDWARE);
        assertThat(disk.attached()).isFalse();
        assertThat(world.effects).containsExactly("reserve", "take over", "adopt");
        Adopt told = Objects.requireNonNull(host.adopted.get(vm.id()));
        assertThat(told.taken()).containsExactly(new TakenDisk(disk.volumeId(), "sda", "/srv/link.qcow2"));
        assertThat(told.expected().machine().boot())
                .containsExactly(new BootDevice(null, 0, null), new BootDevice(disk.volumeId(), null, null));
        assertThat(told.expected().nics()).singleElement().satisfies(nic -> {
            assertThat(nic.network()).isEqualTo("lan-7");
            assertThat(nic.protection()).isNull();
        });
        compute.succeeded(release(vm.id()));
    }

    @Test
    void manyAtOnceOnOneNetworkThatNobodyKnowsYetAreAllAdopted() throws Exception {
        List<Adoptable> domains = IntStream.range(0, 8)
                .mapToObj(i -> host.domain("many-" + i, "lan-of-many", List.of()))
                .toList();
        List<Future<TaskRef>> begun;
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            begun = askers.invokeAll(domains.stream()
                    .map(domain -> (Callable<TaskRef>) () -> adopt(domain, null))
                    .toList());
        }
        for (Future<TaskRef> task : begun) {
            compute.succeeded(task.get());
        }
        for (Adoptable domain : domains) {
            VmView vm = compute.vm(domain.uuid());
            assertThat(vm.spec().name()).isEqualTo(domain.name());
            assertThat(vm.nics()).singleElement().satisfies(nic -> assertThat(nic.network())
                    .isEqualTo("lan-of-many"));
        }
    }

    @Test
    void whatStandsInTheWayIsSaidAndNothingIsDone() {
        Adoptable odd = host.domain("odd", "default", List.of("It is transient.", "Its machine is pc."));
        assertThatThrownBy(() -> adopt(odd, null)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.CONFLICT);
            assertThat(e.failure().message()).contains("odd cannot be adopted", "It is transient. Its machine is pc.");
        });
        Adoptable nameless = host.domain("not a name", "default", List.of());
        assertThatThrownBy(() -> adopt(nameless, null)).hasMessageContaining("a name has 1 to 63");
        assertThat(world.effects).isEmpty();
        assertThat(compute.all()).noneMatch(vm -> vm.id().equals(odd.uuid()));
    }

    @Test
    void anAdoptionThatFailsTakesBackAllThatIsOurs() {
        Adoptable domain = host.domain("changed", "default", List.of());
        world.refusals.put("adopt", FailureException.conflict("The domain is another one than it was."));
        TaskRef ref = adopt(domain, "renamed");
        assertThat(compute.failed(ref).failure()).isNotNull();
        assertThat(world.effects).containsExactly("reserve", "take over", "let go", "release");
        assertThat(compute.all()).noneMatch(vm -> vm.id().equals(domain.uuid()));
        world.refusals.clear();
        compute.succeeded(adopt(domain, "renamed"));
        assertThat(compute.vm(domain.uuid()).spec().name()).isEqualTo("renamed");
        compute.succeeded(release(domain.uuid()));
    }

    @Test
    void aVmIsReleasedAndNothingOfItIsDeletedWhereLibvirtCanGoOnWithIt() {
        VmView vm = adopted("leaving", "default");
        UUID volume = vm.disks().getFirst().volumeId();
        world.copies.independent.remove(volume);
        assertThatThrownBy(() -> release(vm.id())).hasMessageContaining("make it independent first");
        world.copies.independent.add(volume);
        world.effects.clear();
        compute.succeeded(release(vm.id()));
        assertThat(world.effects).containsExactly("release domain", "let go", "release");
        assertThat(compute.all()).noneMatch(each -> each.id().equals(vm.id()));
    }

    @Test
    void whatNeedsTheNamesOfDisksWaitsForTheNextStart() {
        VmView vm = adopted("running-on", "default");
        world.edits.put(
                vm.id(),
                Objects.requireNonNull(host.adopted.get(vm.id())).expected().machine());
        world.pending = List.of(new PendingChange("disks.sda.source", "/srv/link.qcow2", "/pool/volume.qcow2"));
        world.publish(world.report(vm.id(), "looked at"));
        assertThat(compute.eventually(vm.id(), PowerState.RUNNING)).isNotNull();
        var wish = new SnapshotApi.CreateSnapshot(vm.id(), "before", "", false, false);
        Eventually.holds(() -> !compute.vm(vm.id()).pending().isEmpty());
        assertThatThrownBy(() -> compute.plane.bus().request(SnapshotApi.CREATE, wish, TestControlPlane.caller()))
                .hasMessageContaining("Start it anew first");
        var disks = compute.plane
                .bus()
                .request(DiskMovingApi.LIST_TARGETS, new ComputeApi.Vm(vm.id()), TestControlPlane.caller())
                .items();
        assertThat(disks)
                .isNotEmpty()
                .allMatch(disk -> disk.obstacles().toString().contains("Start it anew first"));
        world.pending = List.of();
    }

    @Test
    void aHostThatThereIsNotHasNoDomains() {
        var wish = new AdoptDomain(Uuid7.next(), Uuid7.next(), null, null, null, Map.of());
        assertThatThrownBy(() -> compute.plane.bus().request(AdoptionApi.ADOPT, wish, TestControlPlane.caller()))
                .hasMessageContaining("There is no host");
    }
}
