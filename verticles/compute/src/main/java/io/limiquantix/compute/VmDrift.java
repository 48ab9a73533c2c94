package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmDriftApi;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.spec.BootOrder;
import io.limiquantix.compute.spec.SpecEdit;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Compares VMs with what their hosts have of them, when somebody looks, and begins to put them right. */
final class VmDrift {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final Tasks tasks;
    private final VmWork work;
    private final HostDirectory hosts;
    private final NicNetworks networks;
    private final CorrectDriftTask correct;
    private final AcceptDriftTask accept;

    VmDrift(
            Database database,
            Bus bus,
            VmStore vms,
            Tasks tasks,
            VmWork work,
            HostDirectory hosts,
            NicNetworks networks,
            CorrectDriftTask correct,
            AcceptDriftTask accept) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.hosts = hosts;
        this.accept = accept;
        this.vms = vms;
        this.work = work;
        this.networks = networks;
        this.correct = correct;
    }

    void serve() {
        bus.serve(VmDriftApi.LOOK, this::look);
        bus.serve(VmDriftApi.CORRECT, this::correct);
        bus.serve(VmDriftApi.ACCEPT, this::accept);
    }

    private record Subject(StoredVm vm, List<DomainSpec.Nic> nics) {}

    private VmDriftApi.VmDrift look(ComputeApi.Vm request, Caller caller) {
        Subject subject = subject(request.vmId());
        return new VmDriftApi.VmDrift(
                AcceptedDrift.of(subject.vm(), differences(subject, caller)).found());
    }

    private List<Difference> differences(Subject subject, Caller caller) {
        UUID hostId = host(subject.vm());
        return bus.request(DriftApi.LOOK.at(hostId), expected(subject, caller), caller)
                .differences();
    }

    private Subject subject(UUID vmId) {
        return database.transaction(tx -> {
            StoredVm vm = vms.get(tx, vmId);
            return new Subject(vm, networks.domainNics(tx, vm.nics(), vm.spec().cloudInit()));
        });
    }

    private static UUID host(StoredVm vm) {
        return switch (vm.phase()) {
            case READY -> Objects.requireNonNull(vm.hostId(), "a VM that was made has a host");
            case CREATING, DELETING, LOST ->
                throw FailureException.conflict(vm.name() + " has no domain that it could be compared with.");
        };
    }

    private Expected expected(Subject subject, Caller caller) {
        StoredVm vm = subject.vm();
        return new Expected(
                VmEditing.domain(vm, vm.spec(), hasWhatItBootsFrom(vm)), disks(vm.disks(), caller), subject.nics());
    }

    private List<DomainSpec.Disk> disks(List<Disk> disks, Caller caller) {
        List<DomainSpec.Disk> expected = new ArrayList<>();
        for (Disk disk : disks) {
            expected.add(disk(disk, caller));
        }
        return expected;
    }

    private static boolean hasWhatItBootsFrom(StoredVm vm) {
        return BootOrder.of(vm.spec()).stream().allMatch(name -> {
            int index = Integer.parseInt(name.replaceAll("\\D", ""));
            int there = name.startsWith("disk")
                    ? vm.disks().size()
                    : name.startsWith("nic") ? vm.nics().size() : vm.cdroms().size();
            return index < there;
        });
    }

    private DomainSpec.Disk disk(Disk disk, Caller caller) {
        VolumeView volume = bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(disk.volumeId()), caller);
        return new DomainSpec.Disk(
                disk.volumeId(),
                volume.poolId(),
                Objects.requireNonNull(volume.path(), "a volume that is ready has a path"),
                volume.format(),
                volume.shareable(),
                DiskHardware.orPlain(disk.hardware()));
    }

    /** What its guest says of itself may be something else by now. */
    private static void requireSame(StoredVm seen, StoredVm now) {
        boolean same = seen.spec().equals(now.spec())
                && seen.disks().equals(now.disks())
                && seen.nics().equals(now.nics());
        if (!same) {
            throw FailureException.of(
                    FailureCode.STALE_VERSION,
                    now.name()
                            + " was changed meanwhile; look at what has drifted now before you correct or accept it.");
        }
    }

    private TaskRef correct(ComputeApi.Vm request, Caller caller) {
        Subject seen = subject(request.vmId());
        UUID hostId = host(seen.vm());
        Expected expected = expected(seen, caller);
        return work.begin(request.vmId(), caller, correct.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            requireSame(seen.vm(), vm);
            List<UUID> readOnly = vm.disks().stream()
                    .filter(Disk::readOnly)
                    .map(Disk::volumeId)
                    .toList();
            return new CorrectDriftTask.Input(vm.id(), hostId, expected, readOnly);
        });
    }

    private TaskRef accept(ComputeApi.Vm request, Caller caller) {
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (before.isPresent()) {
            return before.get();
        }
        Subject seen = subject(request.vmId());
        List<Difference> differences = differences(seen, caller);
        AcceptedDrift accepted = AcceptedDrift.of(seen.vm(), differences);
        accepted.require();
        StoredVm was = seen.vm();
        VmSpec wanted = SpecEdit.of(was.spec(), accepted.edit(), VmEditing.devices(was));
        CapableHosts.of(wanted, was.hostId(), hosts.ask(caller));
        List<DomainSpec.Disk> disks = disks(replaced(was.disks(), accepted.disks(), Disk::volumeId), caller);
        List<Nic> nics = replaced(was.nics(), accepted.nics(), Nic::mac);
        return work.begin(request.vmId(), caller, accept.kind(), Set.of(), (tx, vm) -> {
            VmDisks.requireReady(vm);
            requireSame(was, vm);
            Expected after = new Expected(
                    VmEditing.domain(vm, wanted, hasWhatItBootsFrom(vm)),
                    disks,
                    networks.domainNics(tx, nics, vm.spec().cloudInit()));
            EditVmTask.Input machine = VmEditing.input(vm, wanted, accepted.edit());
            return new AcceptDriftTask.Input(differences, machine, accepted.disks(), accepted.nics(), after);
        });
    }

    private static <T> List<T> replaced(List<T> all, List<T> others, Function<T, Object> id) {
        return all.stream()
                .map(one -> others.stream()
                        .filter(other -> id.apply(other).equals(id.apply(one)))
                        .findFirst()
                        .orElse(one))
                .toList();
    }
}
