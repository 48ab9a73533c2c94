package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.MigrationApi.Target;
import io.limiquantix.bus.compute.MigrationApi.Targets;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrivability;
import io.limiquantix.bus.host.HostMigrationApi.CanArrive;
import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.MigrationObstacles.Subject;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Whether VMs can move to hosts: what the control plane knows, and then what both hosts say. */
final class MigrationTargets {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final double MIB = 1 << 20;

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final HostDirectory hosts;
    private final Tasks tasks;
    private final NicNetworks networks;
    private final MigrationObstacles obstacles;

    MigrationTargets(Database database, Bus bus, VmStore vms, HostDirectory hosts, Tasks tasks, NicNetworks networks) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.hosts = hosts;
        this.tasks = tasks;
        this.networks = networks;
        this.obstacles = new MigrationObstacles(database, networks);
    }

    /** Every host but the VM's, by name; the hosts are asked all at once. */
    Targets list(ComputeApi.Vm request, Caller caller) {
        Subject subject = subject(request.vmId(), caller);
        List<String> ofVm = new ArrayList<>(obstacles.ofVm(subject));
        if (!database.transaction(tx -> tasks.activeOn(tx, List.of(request.vmId())))
                .isEmpty()) {
            ofVm.add("A task works on " + subject.vm().name() + "; wait for it or cancel it.");
        }
        List<HostView> known = hosts.ask(caller);
        List<Future<Target>> answers;
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = known.stream()
                    .filter(host -> !host.id().equals(subject.vm().hostId()))
                    .sorted(Comparator.comparing(HostView::name).thenComparing(HostView::id))
                    .map(host -> askers.submit(() -> target(subject, host, known, ofVm, caller)))
                    .toList();
        }
        return new Targets(answers.stream().map(Future::resultNow).toList());
    }

    /** A VM with its volumes and all pools, as they are now. */
    Subject subject(UUID vmId, Caller caller) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, vmId));
        List<VolumeView> volumes = new ArrayList<>();
        // Those of a VM that is being made or deleted are not all there.
        for (Disk disk : vm.phase() == Phase.READY ? vm.disks() : List.<Disk>of()) {
            volumes.add(bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller));
        }
        return new Subject(
                vm,
                volumes,
                bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items());
    }

    /**
     * Whether the VM can move to this host.
     *
     * @throws FailureException {@code INVALID} where it is none that a VM could move to
     */
    Target target(Subject subject, UUID hostId, Caller caller) {
        List<HostView> known = hosts.ask(caller);
        if (hostId.equals(subject.vm().hostId())) {
            throw FailureException.invalid("hostId", subject.vm().name() + " is on this host already.");
        }
        HostView host = known.stream()
                .filter(each -> each.id().equals(hostId))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid("hostId", "There is no host " + hostId + "."));
        return target(subject, host, known, obstacles.ofVm(subject), caller);
    }

    /** What people call the host. */
    String nameOf(@Nullable UUID hostId, Caller caller) {
        return hosts.ask(caller).stream()
                .filter(host -> host.id().equals(hostId))
                .map(HostView::name)
                .findFirst()
                .orElse("a host that is not known any more");
    }

    /**
     * Whether the VM's seed is where the target reaches it. Made beside the first disk, it stays there when that goes to another pool, so
     * the target is asked, too.
     */
    boolean seedStays(Subject subject, Target target, Caller caller) {
        StoredVm vm = subject.vm();
        if (!target.possible() || vm.spec().setup().isEmpty()) {
            return false;
        }
        boolean shared = subject.pool(vm.disks().getFirst().poolId())
                .map(PoolView::shared)
                .orElse(false);
        return shared || hasSeed(vm.id(), target.hostId(), caller);
    }

    private boolean hasSeed(UUID vmId, UUID hostId, Caller caller) {
        try {
            bus.request(HostStorageApi.FIND_SEED.at(hostId), new DomainApi.Domain(vmId), caller.within(ANSWER));
            return true;
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Once more before anything is begun. */
    Nothing require(MigrationPlan plan, Caller caller) {
        requirePossible(target(subject(plan.vmId(), caller), plan.target(), caller));
        return Nothing.NOTHING;
    }

    static void requirePossible(Target target) {
        if (!target.possible()) {
            throw FailureException.conflict(String.join(" ", target.obstacles()));
        }
    }

    private Target target(Subject subject, HostView host, List<HostView> known, List<String> ofVm, Caller caller) {
        List<String> found = new ArrayList<>(ofVm);
        UUID hostId = subject.vm().hostId();
        String version = known.stream()
                .filter(each -> each.id().equals(hostId))
                .map(HostView::version)
                .findFirst()
                .orElse("of which nobody knows");
        found.addAll(obstacles.ofTarget(subject, host, version));
        List<String> remarks = new ArrayList<>();
        long bytes = subject.bytesToCopy();
        if (bytes > 0) {
            remarks.add("%.0f MiB of disks that are on its host alone are copied.".formatted(Math.ceil(bytes / MIB)));
        }
        if (found.isEmpty()) {
            Arrivability answer = asked(subject, host, caller);
            found.addAll(answer.obstacles());
            remarks.addAll(answer.remarks());
        }
        return new Target(host.id(), host.name(), found.isEmpty(), found, remarks, bytes);
    }

    /** What only others know: the room, and whether the target's hypervisor can go on with the machine. */
    private Arrivability asked(Subject subject, HostView host, Caller caller) {
        StoredVm vm = subject.vm();
        try {
            List<String> needed = database.transaction(tx -> networks.ofHosts(tx, vm.nics()));
            String room = bus.request(
                            SchedulerApi.LOOK_FOR_ROOM,
                            new SchedulerApi.ReserveArrival(vm.id(), host.id(), needed),
                            caller.within(ANSWER))
                    .problem();
            return room == null ? hypervisor(vm, host, caller) : obstacle(room);
        } catch (FailureException e) {
            return obstacle("It cannot be found out whether there is room for it: "
                    + e.failure().message());
        }
    }

    private Arrivability hypervisor(StoredVm vm, HostView host, Caller caller) {
        UUID source = Objects.requireNonNull(vm.hostId(), "a VM that runs has a host");
        try {
            DomainCpu cpu = bus.request(
                    HostMigrationApi.LOOK_AT_CPU.at(source), new DomainApi.Domain(vm.id()), caller.within(ANSWER));
            List<String> names =
                    database
                            .transaction(tx ->
                                    networks.domainNics(tx, vm.nics(), vm.spec().cloudInit()))
                            .stream()
                            .map(DomainSpec.Nic::network)
                            .distinct()
                            .toList();
            return bus.request(
                    HostMigrationApi.CAN_ARRIVE.at(host.id()),
                    new CanArrive(vm.id(), cpu, names),
                    caller.within(ANSWER));
        } catch (FailureException e) {
            return obstacle("It cannot be found out whether " + host.name() + " can go on with " + vm.name() + " ("
                    + e.failure().message() + "). Both hosts have to answer, and to be of this version.");
        }
    }

    private static Arrivability obstacle(String sentence) {
        return new Arrivability(List.of(sentence), List.of());
    }
}
