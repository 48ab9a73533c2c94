package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.cloudinit.LogIns;
import io.limiquantix.compute.disks.DiskPlan;
import io.limiquantix.compute.disks.DiskPlanner;
import io.limiquantix.compute.disks.Named;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.network.StoredNetwork;
import io.limiquantix.compute.reconcile.Mark;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.compute.spec.SpecDigest;
import io.limiquantix.compute.spec.VmSpecRules;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final Clock clock;
    private final VmStore vms;
    private final MacAddresses macs;
    private final HostDirectory hosts;
    private final CreateVmTask task;
    private final NamedThings things;
    private final SealedUserData userData;
    private final NetworkStore networks;
    private final NicNetworks nicNetworks;

    VmCreation(
            ControlPlane plane,
            VmStore vms,
            MacAddresses macs,
            HostDirectory hosts,
            CreateVmTask task,
            SealedUserData userData,
            NetworkStore networks) {
        this.networks = networks;
        this.nicNetworks = new NicNetworks(networks);
        this.database = plane.database();
        this.bus = plane.platform().bus();
        this.tasks = plane.tasks();
        this.clock = plane.platform().clock();
        this.vms = vms;
        this.macs = macs;
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
        VmSpec spec = userData.seal(accepted(request.spec()));
        List<HostView> known = hosts.ask(caller);
        requireHost(request.hostId(), known);
        Optional<Set<UUID>> connected =
                database.transaction(tx -> nicNetworks.hostsWith(tx, networks(tx, spec), known, request.hostId()));
        Set<UUID> able = both(CapableHosts.of(spec, request.hostId(), known), connected.orElse(null));
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
    private static VmSpec accepted(VmSpec given) {
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
        List<StoredNetwork> onThese = networks(tx, spec);
        List<Nic> nics = macs.keep(tx, id, spec.nics(), onThese);
        Instant now = clock.instant();
        Observed blank = new Observed(id, Phase.CREATING, PowerState.UNKNOWN, "not made yet", null, Mark.NONE);
        vms.add(
                tx,
                new StoredVm(
                        spec,
                        SpecDigest.of(spec),
                        null,
                        disks.disks(),
                        nics,
                        disks.cdroms(),
                        null,
                        blank,
                        now,
                        now,
                        1,
                        null));
        for (int i = 0; i < nics.size(); i++) {
            networks.hold(tx, nics.get(i).mac(), onThese.get(i));
        }
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

    private static void requireHost(@Nullable UUID hostId, List<HostView> hosts) {
        if (hostId != null && hosts.stream().noneMatch(host -> host.id().equals(hostId))) {
            throw FailureException.invalid("hostId", "There is no host " + hostId + ".");
        }
    }

    private List<StoredNetwork> networks(Transaction tx, VmSpec spec) {
        List<StoredNetwork> found = new ArrayList<>();
        for (int i = 0; i < spec.nics().size(); i++) {
            found.add(nicNetworks.named(tx, spec.nics().get(i).network(), "nics[" + i + "].network"));
        }
        return found;
    }

    /** Those that can do both; absent: any. */
    private static @Nullable Set<UUID> both(@Nullable Set<UUID> one, @Nullable Set<UUID> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<UUID> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
