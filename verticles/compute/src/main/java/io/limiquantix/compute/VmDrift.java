package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmDriftApi;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.spec.BootOrder;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Compares VMs with what their hosts have of them, when somebody looks, and begins to put them right. */
final class VmDrift {
    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmWork work;
    private final NicNetworks networks;
    private final CorrectDriftTask correct;

    VmDrift(Database database, Bus bus, VmStore vms, VmWork work, NicNetworks networks, CorrectDriftTask correct) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.work = work;
        this.networks = networks;
        this.correct = correct;
    }

    void serve() {
        bus.serve(VmDriftApi.LOOK, this::look);
        bus.serve(VmDriftApi.CORRECT, this::correct);
    }

    private record Subject(StoredVm vm, List<DomainSpec.Nic> nics) {}

    private DriftApi.Drift look(ComputeApi.Vm request, Caller caller) {
        Subject subject = subject(request.vmId());
        UUID hostId = host(subject.vm());
        return bus.request(DriftApi.LOOK.at(hostId), expected(subject, caller), caller);
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
        List<DomainSpec.Disk> disks = new ArrayList<>();
        for (Disk disk : vm.disks()) {
            disks.add(disk(disk, caller));
        }
        return new Expected(VmEditing.domain(vm, vm.spec(), hasWhatItBootsFrom(vm)), disks, subject.nics());
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
                    now.name() + " was changed meanwhile; look at what has drifted now and correct it again.");
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
}
