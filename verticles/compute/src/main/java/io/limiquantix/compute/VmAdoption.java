package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.AdoptionApi;
import io.limiquantix.bus.compute.AdoptionApi.AdoptDomain;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.compute.disks.DiskPlan;
import io.limiquantix.compute.network.LibvirtNetworks;
import io.limiquantix.compute.spec.VmSpecRules;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Accepts domains of others as VMs: asks their host what they are, stores that and begins the task that makes them ours. */
final class VmAdoption {
    private static final List<String> USUAL_ORDER = List.of("disk0");

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VmStore vms;
    private final HostDirectory hosts;
    private final NewVms newVms;
    private final LibvirtNetworks networks;
    private final AdoptVmTask task;

    VmAdoption(
            Database database,
            Bus bus,
            Tasks tasks,
            VmStore vms,
            HostDirectory hosts,
            NewVms newVms,
            LibvirtNetworks networks,
            AdoptVmTask task) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.vms = vms;
        this.hosts = hosts;
        this.newVms = newVms;
        this.networks = networks;
        this.task = task;
    }

    void serve() {
        bus.serve(AdoptionApi.ADOPT, this::adopt);
    }

    private TaskRef adopt(AdoptDomain request, Caller caller) {
        Optional<TaskRef> before = begunBy(caller);
        if (before.isPresent()) {
            return before.get();
        }
        boolean known = hosts.ask(caller).stream().anyMatch(host -> host.id().equals(request.hostId()));
        if (!known) {
            throw FailureException.notFound("There is no host " + request.hostId() + ".");
        }
        database.transaction(tx -> vms.find(tx, request.uuid())).ifPresent(VmAdoption::refuseOurs);
        Adoptable found =
                bus.request(HostAdoptionApi.READ.at(request.hostId()), new DomainApi.Domain(request.uuid()), caller);
        if (!found.reasons().isEmpty()) {
            throw FailureException.conflict(
                    found.name() + " cannot be adopted as it is. " + String.join(" ", found.reasons()));
        }
        List<AdoptVmTask.Disk> disks = disks(found);
        try {
            return database.transaction(tx -> store(tx, request, found, disks, caller));
        } catch (FailureException e) {
            // The same operation at the same moment: the other one of the two has the name.
            return begunBy(caller).orElseThrow(() -> e);
        }
    }

    private static void refuseOurs(StoredVm vm) {
        throw FailureException.conflict(
                "The domain has the id of the virtual machine " + vm.name()
                        + ": that is adopted, or being released, or somebody took LimiQuantix's metadata out of its definition.");
    }

    private Optional<TaskRef> begunBy(Caller caller) {
        return database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
    }

    /** One that is a volume by its name is that one. */
    private static List<AdoptVmTask.Disk> disks(Adoptable found) {
        return found.disks().stream()
                .map(disk -> new AdoptVmTask.Disk(
                        Objects.requireNonNullElseGet(disk.volumeId(), Uuid7::next),
                        disk.poolId(),
                        disk.target(),
                        disk.source(),
                        disk.file(),
                        disk.format()))
                .toList();
    }

    private TaskRef store(
            Transaction tx, AdoptDomain request, Adoptable found, List<AdoptVmTask.Disk> disks, Caller caller) {
        List<String> names = networks.names(
                tx,
                request.hostId(),
                found.nics().stream().map(HostAdoptionApi.Nic::network).toList());
        VmSpec spec = VmSpecRules.accept(spec(request, found, disks, names));
        List<Disk> plan = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            HostAdoptionApi.Disk disk = found.disks().get(i);
            plan.add(new Disk(
                    disks.get(i).volumeId(),
                    disk.poolId(),
                    disk.sizeBytes(),
                    null,
                    false,
                    false,
                    disk.target(),
                    spec.disks().get(i).hardware()));
        }
        Set<UUID> here = Set.of(request.hostId());
        List<Cdrom> drives = Collections.nCopies(found.cdroms(), new Cdrom(null, null));
        newVms.add(tx, found.uuid(), spec, new DiskPlan(plan, drives, here, here));
        var input = new AdoptVmTask.Input(found.uuid(), request.hostId(), disks);
        return tasks.submit(
                tx,
                new Submission<>(
                        task.kind(), input, caller.operationId(), caller.actor(), "vm", found.uuid(), spec.name()));
    }

    private static VmSpec spec(
            AdoptDomain request, Adoptable found, List<AdoptVmTask.Disk> disks, List<String> networks) {
        List<DiskSpec> diskSpecs = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            diskSpecs.add(new DiskSpec(
                    null,
                    null,
                    null,
                    disks.get(i).volumeId(),
                    found.disks().get(i).hardware()));
        }
        List<NicSpec> nics = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            HostAdoptionApi.Nic nic = found.nics().get(i);
            nics.add(new NicSpec(networks.get(i), nic.mac(), nic.hardware()));
        }
        return new VmSpec(
                Objects.requireNonNullElse(request.name(), found.name()),
                Objects.requireNonNullElse(request.description(), found.description()),
                found.vcpus(),
                found.memoryBytes(),
                diskSpecs,
                nics,
                null,
                request.folder(),
                request.labels(),
                found.machine(),
                Collections.nCopies(found.cdroms(), new CdromSpec(null)),
                found.bootOrder().equals(USUAL_ORDER) ? List.of() : found.bootOrder(),
                null,
                null,
                null);
    }
}
