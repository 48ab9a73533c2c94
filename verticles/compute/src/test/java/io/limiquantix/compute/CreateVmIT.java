package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateVmIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    @Test
    void aVmIsMadeStepByStepAndRuns() {
        TaskRef ref = compute.create("web-1");
        TaskView task = compute.succeeded(ref);
        assertThat(task.kind()).isEqualTo("vm.create");
        assertThat(world.effects)
                .containsExactly("reserve", "make volume", "make volume", "make seed", "define", "start");
        VmView vm = compute.vm(ref.targetId());
        assertThat(vm.phase()).isEqualTo(VmView.Phase.READY);
        assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(vm.hostName()).isEqualTo("h1");
        assertThat(vm.accelerator()).isEqualTo(Accelerator.TCG);
        assertThat(vm.problem()).isNull();
        assertThat(vm.activeTaskId()).isNull();
        assertThat(vm.disks()).extracting(VmView.Disk::sizeBytes).containsExactly(World.IMAGE_BYTES, 1L << 20);
        assertThat(vm.nics()).hasSize(1);
        assertThat(vm.nics().getFirst().mac()).startsWith("52:54:00:");
        var domain = world.specs.get(vm.id());
        assertThat(domain).isNotNull();
        assertThat(domain.digest()).matches("[0-9a-f]{64}");
        assertThat(domain.seedPath()).isEqualTo("/seeds/" + vm.id());
        assertThat(domain.disks().getFirst().path())
                .isEqualTo("/pool/" + vm.disks().getFirst().volumeId());
        assertThat(compute.plane.changes()).startsWith("vm CREATED").contains("vm CHANGED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reserve", "make volume", "make seed", "define", "start"})
    void whateverFailsNothingIsLeftAndTheNameIsFree(String step) {
        world.refusals.put(step, FailureException.of(FailureCode.HYPERVISOR, "It does not work."));
        TaskView task = compute.failed(compute.create("web-1"));
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).isEqualTo("It does not work.");
        assertNothingLeft();
        world.refusals.clear();
        compute.succeeded(compute.create("WEB-1"));
    }

    @Test
    void whoNamesADeprecatedImageGetsItAndIsTold() {
        world.imageState = ImageView.State.DEPRECATED;
        TaskView task = compute.succeeded(compute.create("web-1"));
        assertThat(task.log())
                .extracting(TaskView.LogLine::text)
                .contains("Deprecated, and used all the same as it was named: debian.");
    }

    private void assertNothingLeft() {
        assertThat(compute.all()).isEmpty();
        assertThat(world.domains).isEmpty();
        assertThat(world.volumes).isEmpty();
        assertThat(world.seeds).isEmpty();
        assertThat(world.places).isEmpty();
    }

    @Test
    void takingBackIsDoneInReverse() {
        world.refusals.put("start", FailureException.of(FailureCode.HYPERVISOR, "No."));
        compute.failed(compute.create("web-1"));
        assertThat(world.effects)
                .containsExactly(
                        "reserve",
                        "make volume",
                        "make volume",
                        "make seed",
                        "define",
                        "undefine",
                        "delete seed",
                        "discard volume",
                        "discard volume",
                        "release");
    }

    @Test
    void theSameOperationIsTheSameVmEvenAtTheSameMoment() throws InterruptedException, ExecutionException {
        Caller caller = TestControlPlane.caller();
        CreateVm request = new CreateVm(compute.spec("web-1"), null, true, false);
        List<Future<TaskRef>> asked = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                asked.add(askers.submit(() -> compute.plane.bus().request(ComputeApi.CREATE, request, caller)));
            }
        }
        TaskRef first = asked.getFirst().get();
        for (Future<TaskRef> other : asked) {
            assertThat(other.get()).isEqualTo(first);
        }
        compute.succeeded(first);
        assertThat(compute.plane.bus().request(ComputeApi.CREATE, request, caller))
                .isEqualTo(first);
        assertThat(world.domains).hasSize(1);
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        compute.succeeded(compute.create("web-1"));
        assertThatThrownBy(() -> compute.create("Web-1")).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.CONFLICT);
            assertThat(e.failure().details()).containsEntry("field", "name");
        });
        assertThat(compute.all()).hasSize(1);
    }

    @Test
    void anAddressIsNeverGivenTwice() {
        VmSpec plain = compute.spec("web-1");
        compute.succeeded(compute.create(new CreateVm(withMac(plain, "web-1"), null, false, false)));
        assertThatThrownBy(() -> compute.create(new CreateVm(withMac(plain, "web-2"), null, false, false)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", "nics[0].mac"));
        assertThat(compute.all()).extracting(vm -> vm.spec().name()).containsExactly("web-1");
    }

    private static VmSpec withMac(VmSpec spec, String name) {
        return new VmSpec(
                name,
                spec.description(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.disks(),
                List.of(new NicSpec("default", "52:54:00:AB:cd:EF")),
                spec.cloudInit());
    }

    @Test
    void whatIsNotThereIsRefusedByItsField() {
        VmSpec plain = compute.spec("web-1");
        assertRefused("disks[0].imageId", withDisk(plain, new DiskSpec(Uuid7.next(), null, null)), "default");
        assertRefused("disks[0].sizeBytes", withDisk(plain, new DiskSpec(world.imageId, 1L << 20, null)), "default");
        assertRefused("disks[0].poolId", withDisk(plain, new DiskSpec(world.imageId, null, Uuid7.next())), "default");
        assertRefused("nics[0].network", plain, "nowhere");
        assertThat(world.effects).isEmpty();
        assertThat(compute.all()).isEmpty();
    }

    private static VmSpec withDisk(VmSpec spec, DiskSpec disk) {
        return new VmSpec(
                spec.name(), spec.description(), 1, spec.memoryBytes(), List.of(disk), spec.nics(), spec.cloudInit());
    }

    private void assertRefused(String field, VmSpec spec, String network) {
        VmSpec wish = new VmSpec(
                spec.name(),
                spec.description(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.disks(),
                List.of(new NicSpec(network, null)),
                spec.cloudInit());
        assertThatThrownBy(() -> compute.create(new CreateVm(wish, null, true, false)))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.INVALID);
                    assertThat(e.failure().details()).containsEntry("field", field);
                });
    }

    @Test
    void aCreationWaitsForTheAgentWhereItIsAsked() {
        TaskRef ref = compute.create(new CreateVm(compute.spec("web-1"), null, true, true));
        compute.succeeded(ref);
        VmView vm = compute.vm(ref.targetId());
        assertThat(vm.guest()).isNotNull();
        assertThat(vm.guest().addresses()).hasSize(1);
    }

    @Test
    void aVmWhoseAgentStaysSilentStays() {
        world.agentAnswers = false;
        TaskRef ref = compute.create(new CreateVm(compute.spec("web-1"), null, true, true));
        TaskView task = compute.failed(ref);
        assertThat(task.failure()).isNotNull();
        assertThat(task.failure().message()).contains("web-1 is made and runs", "qemu-guest-agent");
        assertThat(compute.vm(ref.targetId()).powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(world.domains).hasSize(1);
    }

    @Test
    void waitingForTheAgentCanBeCancelledAndTheVmStays() {
        world.agentAnswers = false;
        TaskRef ref = compute.create(new CreateVm(compute.spec("web-1"), null, true, true));
        Eventually.holds(() -> compute.vm(ref.targetId()).phase() == VmView.Phase.READY);
        compute.plane.bus().request(TaskApi.CANCEL, new TaskApi.Get(ref.taskId()), TestControlPlane.caller());
        assertThat(compute.plane.awaitEnd(ref.taskId()).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(compute.vm(ref.targetId()).powerState()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void nobodyIsLockedOutOfAVmWhoseCreationWaits() {
        world.agentAnswers = false;
        TaskRef ref = compute.create(new CreateVm(compute.spec("web-1"), null, true, true));
        Eventually.holds(() -> compute.vm(ref.targetId()).phase() == VmView.Phase.READY);
        compute.succeeded(compute.power(ref.targetId(), PowerAction.FORCE_STOP));
        assertThat(compute.vm(ref.targetId()).powerState()).isEqualTo(PowerState.STOPPED);
    }

    @Test
    void listsPageByNameAndAreSearched() {
        for (String name : List.of("b-2", "A-1", "c-3", "a-4")) {
            compute.succeeded(compute.create(new CreateVm(compute.spec(name), null, false, false)));
        }
        var first = list(2, null, null);
        assertThat(first.items()).extracting(vm -> vm.spec().name()).containsExactly("A-1", "a-4");
        var second = list(2, first.nextCursor(), null);
        assertThat(second.items()).extracting(vm -> vm.spec().name()).containsExactly("b-2", "c-3");
        assertThat(second.nextCursor()).isNull();
        assertThat(list(10, null, "A-").items())
                .extracting(vm -> vm.spec().name())
                .containsExactly("A-1", "a-4");
        assertThat(list(10, null, "%").items()).isEmpty();
        assertThatThrownBy(() -> list(10, "!!!", null)).hasMessageContaining("cursor");
    }

    private ComputeApi.Vms list(int limit, @Nullable String cursor, @Nullable String search) {
        return compute.plane
                .bus()
                .request(
                        ComputeApi.LIST,
                        new ComputeApi.ListVms(new Page(cursor, limit), search),
                        TestControlPlane.caller());
    }
}
