package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.Edited;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.SchedulerApi.Resize;
import io.limiquantix.runtime.bus.Caller;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** VMs that are changed after they were made. */
class EditIT {
    private static final long MIB = 1L << 20;

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private TaskRef task(Edited edited) {
        return Objects.requireNonNull(edited.task());
    }

    @Test
    void whatPeopleFindItByChangesAtOnceAndTheDomainFollows() {
        VmView vm = compute.running("web-1");
        Edited edited = compute.edit(
                vm.id(), vm.version(), Edits.described("Serves pages.", "team/web", Map.of("tier", "front")));
        assertThat(edited.task()).isNull();
        assertThat(edited.vm().spec().description()).isEqualTo("Serves pages.");
        assertThat(edited.vm().spec().folder()).isEqualTo("team/web");
        assertThat(edited.vm().spec().labels()).containsEntry("tier", "front");
        assertThat(edited.vm().version()).isGreaterThan(vm.version());
        assertThat(world.edits).isEmpty();
        world.digests.put(vm.id(), "00".repeat(32));
        world.publishEverything(null);
        Eventually.holds(() -> world.described.stream()
                .anyMatch(d -> d.vmId().equals(vm.id()) && d.description().equals("Serves pages.")));
        VmEdit nowhere = Edits.described("", "", Map.of());
        assertThat(compute.edit(vm.id(), null, nowhere).vm().spec().folder()).isNull();
    }

    @Test
    void anotherNameIsTakenOnlyWhereNobodyHasIt() {
        VmView first = compute.running("web-1");
        VmView second = compute.running("web-2");
        assertThatThrownBy(() -> compute.edit(second.id(), null, Edits.named("WEB-1")))
                .hasMessageContaining("exists already");
        assertThat(compute.vm(second.id())).isEqualTo(second);
        assertThat(compute.edit(first.id(), null, Edits.named("www"))
                        .vm()
                        .spec()
                        .name())
                .isEqualTo("www");
        assertThat(compute.edit(second.id(), null, Edits.named("web-1"))
                        .vm()
                        .spec()
                        .name())
                .isEqualTo("web-1");
    }

    @Test
    void aLargerMachineHasItsRoomBeforeItsHostIsAsked() {
        VmView vm = compute.running("web-1");
        compute.succeeded(task(compute.edit(vm.id(), vm.version(), Edits.sized(3, 512 * MIB))));
        VmView after = compute.vm(vm.id());
        assertThat(after.spec().vcpus()).isEqualTo(3);
        assertThat(after.spec().memoryBytes()).isEqualTo(512 * MIB);
        assertThat(world.rooms).containsEntry(vm.id(), new Resize(vm.id(), 3, 512 * MIB));
        assertThat(world.effects.subList(world.effects.size() - 2, world.effects.size()))
                .containsExactly("resize", "edit");
        assertThat(world.edits.get(vm.id())).satisfies(edit -> {
            assertThat(edit.vcpus()).isEqualTo(3);
            assertThat(edit.memoryBytes()).isEqualTo(512 * MIB);
            assertThat(edit.boot()).isEmpty();
        });
    }

    @Test
    void aSmallerMachineGivesItsRoomBackWhenItRunsAsOne() {
        VmView vm = compute.running("web-1");
        compute.succeeded(task(compute.edit(vm.id(), null, Edits.sized(3, 512 * MIB))));
        PendingChange pending = new PendingChange("vcpus", "3", "1");
        world.pending = List.of(pending);
        compute.succeeded(task(compute.edit(vm.id(), null, Edits.sized(1, 512 * MIB))));
        assertThat(compute.vm(vm.id()).pending()).containsExactly(pending);
        assertThat(compute.vm(vm.id()).spec().vcpus()).isEqualTo(1);
        assertThat(world.rooms).containsEntry(vm.id(), new Resize(vm.id(), 3, 512 * MIB));
        world.pending = List.of();
        compute.succeeded(compute.power(vm.id(), PowerAction.FORCE_STOP));
        Eventually.holds(() -> new Resize(vm.id(), 1, 512 * MIB).equals(world.rooms.get(vm.id())));
        assertThat(compute.vm(vm.id()).pending()).isEmpty();
    }

    @Test
    void whatItsHostHasNoRoomForIsRefusedAndLeavesItAsItWas() {
        VmView vm = compute.running("web-1");
        world.refusals.put("resize", FailureException.of(FailureCode.NO_CAPACITY, "The host h1 has 1 GiB left."));
        TaskRef task = task(compute.edit(vm.id(), null, Edits.sized(3, 512 * MIB)));
        assertThat(Objects.requireNonNull(compute.failed(task).failure()).message())
                .contains("The host h1 has 1 GiB left.");
        assertThat(compute.vm(vm.id()).spec()).isEqualTo(vm.spec());
        assertThat(world.edits).isEmpty();
    }

    @Test
    void whatTheHostRefusesIsTakenBack() {
        VmView vm = compute.running("web-1");
        world.refusals.put("edit", FailureException.of(FailureCode.HYPERVISOR, "libvirt does not want that."));
        compute.failed(task(compute.edit(vm.id(), null, Edits.sized(3, 512 * MIB))));
        assertThat(world.rooms).containsEntry(vm.id(), new Resize(vm.id(), 1, 128 * MIB));
        assertThat(compute.vm(vm.id()).spec()).isEqualTo(vm.spec());
        world.refusals.clear();
        compute.succeeded(task(compute.edit(vm.id(), null, Edits.sized(2, 256 * MIB))));
    }

    @Test
    void ofTwoWhoHaveReadTheSameOneWins() throws Exception {
        VmView vm = compute.running("web-1");
        List<Callable<Edited>> both = List.of(
                () -> compute.edit(vm.id(), vm.version(), Edits.sized(2, 256 * MIB)),
                () -> compute.edit(vm.id(), vm.version(), Edits.described("mine", "", Map.of())));
        int won = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Edited> one : pool.invokeAll(both)) {
                try {
                    one.get();
                    won++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(FailureException.class, refused -> assertThat(refused.code())
                                    .isEqualTo(FailureCode.STALE_VERSION));
                }
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void theSameOnceMoreIsTheSame() {
        VmView vm = compute.running("web-1");
        Caller caller = TestControlPlane.caller();
        TaskRef first = task(compute.edit(vm.id(), vm.version(), Edits.sized(2, 256 * MIB), caller));
        assertThat(task(compute.edit(vm.id(), vm.version(), Edits.sized(2, 256 * MIB), caller)))
                .isEqualTo(first);
        compute.succeeded(first);
        assertThat(compute.edit(vm.id(), null, Edits.sized(2, 256 * MIB)).task())
                .as("it is so already")
                .isNull();
        assertThat(world.effects.stream().filter("edit"::equals)).hasSize(1);
    }

    @Test
    void theBootOrderNamesDevicesThatAreThere() {
        VmView vm = compute.running("web-1");
        refused(FailureCode.INVALID, "no \"disk2\"", () -> compute.edit(vm.id(), null, Edits.booting("disk2")));
        UUID volume = world.freeVolume();
        compute.succeeded(compute.attach(vm.id(), volume));
        compute.succeeded(task(compute.edit(vm.id(), null, Edits.booting("disk2", "nic0", "disk0"))));
        assertThat(compute.vm(vm.id()).spec().bootOrder()).containsExactly("disk2", "nic0", "disk0");
        assertThat(Objects.requireNonNull(world.edits.get(vm.id())).boot())
                .satisfiesExactly(
                        first -> assertThat(first.volumeId()).isEqualTo(volume),
                        second -> assertThat(second.mac())
                                .isEqualTo(vm.nics().getFirst().mac()),
                        third -> assertThat(third.volumeId())
                                .isEqualTo(vm.disks().getFirst().volumeId()));
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        VmView vm = compute.running("web-1");
        refused(FailureCode.INVALID, "64 MiB", () -> compute.edit(vm.id(), null, Edits.sized(1, MIB)));
        refused(
                FailureCode.INVALID,
                "maxVcpus",
                () -> compute.edit(vm.id(), null, Edits.cpu(new VmEdit.Cpu(null, null, 0))));
        refused(
                FailureCode.INVALID,
                "does not have the CPU model",
                () -> compute.edit(vm.id(), null, Edits.cpu(new VmEdit.Cpu("EPYC-Genoa", null, null))));
        refused(FailureCode.STALE_VERSION, "changed since", () -> compute.edit(vm.id(), 1L, Edits.sized(2, 256 * MIB)));
        assertThat(compute.vm(vm.id())).isEqualTo(vm);
        assertThat(compute.vm(vm.id()).powerState()).isEqualTo(PowerState.RUNNING);
    }

    private static void refused(FailureCode code, String words, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.failure().toString()).contains(words);
        });
    }
}
