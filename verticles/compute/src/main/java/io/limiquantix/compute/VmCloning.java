package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi;
import io.limiquantix.bus.compute.CloneApi.Clone;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.clone.CloneNames;
import io.limiquantix.compute.clone.CloneSetup;
import io.limiquantix.compute.clone.CloneSpec;
import io.limiquantix.compute.customization.Customizations;
import io.limiquantix.compute.customization.Customized;
import io.limiquantix.compute.disks.DiskPlan;
import io.limiquantix.compute.disks.DiskPlanner;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Accepts clones: checks them against what there is, stores them and begins the tasks that make them. */
final class VmCloning {
    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VmStore vms;
    private final NewVms newVms;
    private final HostDirectory hosts;
    private final SealedUserData userData;
    private final CloneMoment moment;
    private final CloneLinks links;
    private final CloneVmTask task;
    private final Customizations customizations;

    VmCloning(
            Database database,
            Bus bus,
            Tasks tasks,
            VmStore vms,
            NewVms newVms,
            HostDirectory hosts,
            SealedUserData userData,
            CloneMoment moment,
            CloneLinks links,
            CloneVmTask task,
            Customizations customizations) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.vms = vms;
        this.newVms = newVms;
        this.hosts = hosts;
        this.userData = userData;
        this.moment = moment;
        this.links = links;
        this.task = task;
        this.customizations = customizations;
    }

    void serve() {
        bus.serve(CloneApi.CLONE, this::clone);
    }

    /** One clone as it is to be. */
    private record Planned(String name, VmSpec spec, DiskPlan disks) {}

    /** All that was decided before anything is stored. */
    private record Plan(
            CloneVm request,
            CloneSource source,
            List<Planned> clones,
            HostSet nearest,
            @Nullable UUID variablesOf,
            String remark) {}

    private Clones clone(CloneVm request, Caller caller) {
        List<String> names = CloneNames.of(request.name());
        Optional<Clones> before = database.transaction(tx -> begunBy(tx, names, caller));
        if (before.isPresent()) {
            return before.get();
        }
        StoredVm source = database.transaction(tx -> vms.get(tx, request.vmId()));
        CloneMoment.Kept kept = moment.of(source, request, names, caller);
        Plan plan = plan(request, names, source, kept, caller);
        return moment.store(kept, caller, (tx, keeping) -> {
            Optional<Clones> other = begunBy(tx, names, caller);
            return other.isPresent() ? other.get() : store(tx, plan, kept, keeping, caller);
        });
    }

    private static Caller part(Caller caller, String name) {
        return caller.part("clone " + name);
    }

    /** What the same request answered before. */
    private Optional<Clones> begunBy(Transaction tx, List<String> names, Caller caller) {
        List<Clone> begun = names.stream()
                .flatMap(name ->
                        tasks.submitted(tx, part(caller, name).operationId()).map(ref -> new Clone(name, ref)).stream())
                .toList();
        return begun.size() < names.size()
                ? Optional.empty()
                : Optional.of(new Clones(begun, moment.begunBy(tx, caller).orElse(null)));
    }

    private Plan plan(CloneVm request, List<String> names, StoredVm source, CloneMoment.Kept kept, Caller caller) {
        Optional<GuestSetup> had = source.spec().setup().map(userData::open);
        Optional<Customized> by = customizations.of(request);
        Optional<GuestSetup> wished = by.map(Customized::setup).or(request.setup()::wish);
        Optional<GuestSetup> setup = CloneSetup.of(wished, had, names.size() > 1);
        Map<String, String> hostNames = by.map(each -> each.hostNames(names, CloneNames.numbers(request.name())))
                .orElse(Map.of());
        CloneSource disks = CloneSource.of(request, source, kept.disks(), bus, caller);
        List<HostView> known = hosts.ask(caller);
        List<PoolView> pools =
                bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items();
        NamedThings things = new NamedThings(bus);
        List<Planned> planned = new ArrayList<>();
        for (String name : names) {
            VmSpec wish = CloneSpec.of(
                    request,
                    name,
                    source.spec(),
                    disks.disks(),
                    source.nics(),
                    source.cdroms(),
                    setup.map(each -> named(each, hostNames.get(name))));
            VmSpec spec = userData.seal(VmCreation.accepted(wish));
            Set<UUID> able = NewVms.both(newVms.ableHosts(spec, request.hostId(), known), disks.onlyHosts());
            DiskPlan plan = new DiskPlanner(things.find(spec, caller), pools, able, Uuid7::next)
                    .plan(spec.disks(), spec.cdroms());
            planned.add(new Planned(name, spec, plan));
        }
        HostSet near = new HostSet(Stream.ofNullable(source.hostId())
                .filter(host ->
                        planned.stream().allMatch(each -> each.disks().hosts().contains(host)))
                .toList());
        return new Plan(
                request,
                disks,
                planned,
                near,
                CloneVariables.of(source),
                remark(source, disks, setup, had, wished.isEmpty()));
    }

    private static GuestSetup named(GuestSetup setup, @Nullable String hostName) {
        return hostName == null ? setup : setup.withHostName(hostName);
    }

    private static String remark(
            StoredVm source,
            CloneSource disks,
            Optional<GuestSetup> setup,
            Optional<GuestSetup> had,
            boolean asSource) {
        List<String> remarks = new ArrayList<>(CloneSetup.remarks(setup.orElse(null), had, asSource));
        MachineSpec machine = MachineSpec.orPlain(source.spec().machine());
        if (machine.tpm()) {
            remarks.add(
                    "The clone has a new, empty TPM: what the source's TPM keeps, such as keys of encrypted disks, is"
                            + " not copied. Have the recovery key at hand.");
        }
        if (!disks.leftOut().isEmpty()) {
            remarks.add("Left out, as the snapshot does not cover them: " + String.join(", ", disks.leftOut()) + ".");
        }
        return String.join("\n", remarks);
    }

    private Clones store(Transaction tx, Plan plan, CloneMoment.Kept kept, @Nullable TaskRef keeping, Caller caller) {
        refuseTaken(tx, plan.clones().stream().map(Planned::name).toList());
        List<Clone> begun = new ArrayList<>();
        for (Planned clone : plan.clones()) {
            UUID id = Uuid7.next();
            newVms.add(tx, id, clone.spec(), clone.disks());
            boolean linked = plan.request().kind() == Kind.LINKED;
            links.add(tx, id, kept.vmId(), kept.snapshotId(), linked);
            var input = new CloneVmTask.Input(
                    id,
                    linked,
                    keeping == null ? null : keeping.taskId(),
                    plan.request().hostId(),
                    new HostSet(clone.disks().hosts().stream().sorted().toList()),
                    plan.nearest(),
                    plan.source().origins(),
                    plan.variablesOf(),
                    plan.request().start(),
                    plan.remark().isEmpty() ? null : plan.remark());
            begun.add(new Clone(
                    clone.name(),
                    tasks.submit(
                            tx,
                            new Submission<>(
                                    task.kind(),
                                    input,
                                    part(caller, clone.name()).operationId(),
                                    caller.actor(),
                                    "vm",
                                    id,
                                    clone.name()))));
        }
        return new Clones(begun, keeping);
    }

    private void refuseTaken(Transaction tx, List<String> names) {
        List<String> taken = vms.taken(tx, names);
        if (!taken.isEmpty()) {
            throw new FailureException(new Failure(
                    FailureCode.CONFLICT,
                    "There are virtual machines of these names already: " + String.join(", ", taken) + ".",
                    Map.of("field", "name")));
        }
    }
}
