package io.limiquantix.compute;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.ComputeApi.Edited;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A control plane with the compute verticle in a {@link World}. */
final class ComputeProcess implements AutoCloseable {
    final TestControlPlane plane;
    private final World world;

    private ComputeProcess(TestControlPlane plane, World world) {
        this.plane = plane;
        this.world = world;
    }

    static DatabaseAddress database() {
        return TestControlPlane.database("compute");
    }

    static ComputeProcess start(World world) {
        return start(world, database(), TaskObserver.NONE);
    }

    /** In which many VMs move at once, so that one whose control plane has died keeps no other one waiting. */
    static ComputeProcess start(World world, DatabaseAddress address, TaskObserver observer) {
        return start(world, address, observer, "{compute: {agentWaitSeconds: 2, movesPerHost: 1000}}");
    }

    static ComputeProcess start(World world, DatabaseAddress address, TaskObserver observer, String configuration) {
        TestControlPlane plane = TestControlPlane.on(address, configuration, observer);
        world.serve(plane.bus());
        plane.deploy(ComputeVerticle::new);
        return new ComputeProcess(plane, world);
    }

    VmSpec spec(String name) {
        return new VmSpec(
                name,
                "for a test",
                1,
                128L << 20,
                List.of(new DiskSpec(world.imageId, null, null), new DiskSpec(null, 1L << 20, null)),
                List.of(new NicSpec("default", null)),
                new CloudInit(null, "admin", "$6$salt$" + "x".repeat(86), List.of(), false, List.of(), null));
    }

    TaskRef create(String name) {
        return create(new CreateVm(spec(name), null, true, false));
    }

    TaskRef create(CreateVm request) {
        return plane.bus().request(ComputeApi.CREATE, request, TestControlPlane.caller());
    }

    /** A VM that runs. */
    VmView running(String name) {
        TaskRef ref = create(name);
        succeeded(ref);
        return vm(ref.targetId());
    }

    Edited edit(UUID vmId, @Nullable Long version, VmEdit edit) {
        return edit(vmId, version, edit, TestControlPlane.caller());
    }

    Edited edit(UUID vmId, @Nullable Long version, VmEdit edit, Caller caller) {
        return plane.bus().request(ComputeApi.EDIT, new ComputeApi.EditVm(vmId, version, edit), caller);
    }

    TaskRef power(UUID vmId, PowerAction action) {
        return plane.bus().request(ComputeApi.POWER, new ComputeApi.Power(vmId, action, 2), TestControlPlane.caller());
    }

    TaskRef delete(UUID vmId, boolean keepDisks, boolean force) {
        return plane.bus()
                .request(
                        ComputeApi.DELETE,
                        new ComputeApi.DeleteVm(vmId, keepDisks, force, null),
                        TestControlPlane.caller());
    }

    TaskRef attach(UUID vm, UUID volume) {
        return plane.bus()
                .request(
                        ComputeApi.ATTACH_DISK,
                        new ComputeApi.AttachDisk(vm, volume, false),
                        TestControlPlane.caller());
    }

    TaskRef detach(UUID vm, UUID volume) {
        return plane.bus()
                .request(ComputeApi.DETACH_DISK, new ComputeApi.DetachDisk(vm, volume), TestControlPlane.caller());
    }

    VmView vm(UUID id) {
        return plane.bus().request(ComputeApi.GET, new ComputeApi.Vm(id), TestControlPlane.caller());
    }

    List<VmView> all() {
        return plane.bus()
                .request(ComputeApi.LIST, new ComputeApi.ListVms(Page.FIRST, null), TestControlPlane.caller())
                .items();
    }

    VmView eventually(UUID id, PowerState state) {
        return Eventually.get(() -> vm(id), vm -> vm.powerState() == state);
    }

    TaskView succeeded(TaskRef ref) {
        TaskView task = plane.awaitEnd(ref.taskId());
        if (task.state() != TaskState.SUCCEEDED) {
            throw new AssertionError("not succeeded: " + task);
        }
        return task;
    }

    TaskView failed(TaskRef ref) {
        TaskView task = plane.awaitEnd(ref.taskId());
        if (task.state() != TaskState.FAILED) {
            throw new AssertionError("not failed: " + task);
        }
        return task;
    }

    @Override
    public void close() {
        world.leave(plane.bus());
        plane.close();
    }
}
