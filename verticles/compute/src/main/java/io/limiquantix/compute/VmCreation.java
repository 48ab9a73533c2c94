package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.cloudinit.LogIns;
import io.limiquantix.compute.customization.Customizations;
import io.limiquantix.compute.disks.DiskPlan;
import io.limiquantix.compute.disks.DiskPlanner;
import io.limiquantix.compute.disks.Named;
import io.limiquantix.compute.spec.VmSpecRules;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts new VMs: checks them against what there is, stores them and begins the task that makes them. */
final class VmCreation {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final HostDirectory hosts;
    private final CreateVmTask task;
    private final NamedThings things;
    private final SealedUserData userData;
    private final NewVms newVms;
    private final Customizations customizations;

    VmCreation(
            ControlPlane plane,
            NewVms newVms,
            HostDirectory hosts,
            CreateVmTask task,
            SealedUserData userData,
            Customizations customizations) {
        this.customizations = customizations;
        this.newVms = newVms;
        this.database = plane.database();
        this.bus = plane.platform().bus();
        this.tasks = plane.tasks();
        this.hosts = hosts;
        this.task = task;
        this.userData = userData;
        this.things = new NamedThings(bus);
    }

    TaskRef create(CreateVm request, Caller caller) {
        Optional<TaskRef> before = begunBy(caller);
        if (before.isPresent()) {
            return before.get();
        }
        VmSpec spec = userData.seal(accepted(customizations.applied(request)));
        Set<UUID> able = newVms.ableHosts(spec, request.hostId(), hosts.ask(caller));
        var pools = bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items();
        Named named = things.find(spec, caller);
        DiskPlan disks = new DiskPlanner(named, pools, able, Uuid7::next).plan(spec.disks(), spec.cdroms());
        @Nullable String remark = remark(named.images());
        try {
            return database.transaction(tx -> store(tx, request, spec, disks, remark, caller));
        } catch (FailureException e) {
            // The same operation at the same moment: the other one of the two has the name.
            return begunBy(caller).orElseThrow(() -> e);
        }
    }

    /** Checks here what a stored spec is not checked for again: how its guest is set up and whether anybody gets in. */
    static VmSpec accepted(VmSpec given) {
        VmSpec spec = VmSpecRules.accept(given);
        spec.setup().ifPresent(setup -> {
            SeedPreviews.view("", spec.name(), setup, List.of());
            switch (setup) {
                case CloudInit wish -> LogIns.require(wish);
                case Ignition wish -> LogIns.require(wish);
                case Cloudbase _ -> {
                    // Its image has an account of its own.
                }
            }
        });
        return spec;
    }

    private Optional<TaskRef> begunBy(Caller caller) {
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
    }

    /** Whoever names a deprecated image gets it, and is told. */
    private static @Nullable String remark(Map<UUID, ImageView> images) {
        String names = images.values().stream()
                .filter(image -> image.state() == ImageView.State.DEPRECATED)
                .map(ImageView::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : "Deprecated, and used all the same as it was named: " + names + ".";
    }

    private TaskRef store(
            Transaction tx, CreateVm request, VmSpec spec, DiskPlan disks, @Nullable String remark, Caller caller) {
        UUID id = Uuid7.next();
        newVms.add(tx, id, spec, disks);
        var input = new CreateVmTask.Input(
                id,
                request.hostId(),
                new HostSet(disks.hosts().stream().sorted().toList()),
                new HostSet(disks.preferred().stream().sorted().toList()),
                request.start(),
                request.start() && request.waitForAgent(),
                remark);
        return tasks.submit(
                tx, new Submission<>(task.kind(), input, caller.operationId(), caller.actor(), "vm", id, spec.name()));
    }
}
