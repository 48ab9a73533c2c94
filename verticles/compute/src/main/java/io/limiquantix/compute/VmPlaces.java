package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.ComputeApi.AddDisk;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.disks.DiskPlanner;
import io.limiquantix.compute.disks.Named;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where what a VM gets later lies: its host has to reach it. */
final class VmPlaces {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final NamedThings things;

    VmPlaces(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.things = new NamedThings(bus);
    }

    /** A new disk, with an id and a pool. */
    Disk disk(AddDisk request, Caller caller) {
        DiskSpec wish = new DiskSpec(null, request.sizeBytes(), request.poolId(), null, request.hardware());
        DiskPlanner planner = planner(new Named(Map.of(), Map.of()), request.vmId(), caller);
        return naming(() -> planner.plan(List.of(wish), List.of()).disks().getFirst());
    }

    /** What is in a drive, with the pool from which it has it. */
    Cdrom cdrom(UUID vmId, @Nullable UUID imageId, Caller caller) {
        if (imageId == null) {
            return new Cdrom(null, null);
        }
        CdromSpec wish = new CdromSpec(imageId);
        DiskPlanner planner = planner(things.find(wish, caller), vmId, caller);
        return naming(() -> planner.plan(List.of(), List.of(wish)).cdroms().getFirst());
    }

    private DiskPlanner planner(Named named, UUID vmId, Caller caller) {
        List<PoolView> pools =
                bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items();
        StoredVm vm = database.transaction(tx -> vms.get(tx, vmId));
        VmDisks.requireReady(vm);
        return new DiskPlanner(named, pools, Set.of(VmDisks.hostOf(vm)), Uuid7::next);
    }

    /** By the names that the fields have in a request for one thing alone. */
    private static <T> T naming(Supplier<T> plan) {
        try {
            return plan.get();
        } catch (FailureException e) {
            String field = e.failure().details().get("field");
            if (field == null) {
                throw e;
            }
            String own = field.substring(field.indexOf('.') + 1);
            throw new FailureException(new Failure(e.code(), e.failure().message(), Map.of("field", own)), e);
        }
    }
}
