package io.limiquantix.compute;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.TakenDisk;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.TakeoverApi;
import io.limiquantix.compute.VmMaking.MadeDisk;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a domain of others a VM, running or not. What is ours comes first: its place and its disks as volumes. The domain itself is told
 * last, so until then an undo only takes back what is ours.
 */
final class AdoptVmTask {
    private static final int TAKEN = 60;
    private static final int ADOPTED = 90;

    private final Database database;
    private final Bus bus;
    private final VmMaking making;
    private final NicNetworks networks;

    AdoptVmTask(Database database, Bus bus, VmMaking making, NicNetworks networks) {
        this.database = database;
        this.bus = bus;
        this.making = making;
        this.networks = networks;
    }

    /** @param disks in the order of the VM's */
    record Input(UUID vmId, UUID hostId, List<Disk> disks) {
        Input {
            disks = List.copyOf(disks);
        }
    }

    /**
     * @param source the file as the domain's definition says it
     * @param file the same without symbolic links
     */
    record Disk(UUID volumeId, UUID poolId, String target, String source, String file, String format) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.ADOPT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Optional<StoredVm> stored = making.find(input.vmId());
        if (stored.isEmpty()) {
            // Taking back its adoption has come as far as that.
            return;
        }
        StoredVm vm = stored.get();
        making.accept(vm, remark(input), run);
        making.place(vm, input.hostId(), new HostSet(List.of(input.hostId())), null, run);
        List<MadeDisk> disks = new ArrayList<>();
        for (int i = 0; i < input.disks().size(); i++) {
            disks.add(take(input, i, vm.name() + "-" + (i + 1), run));
        }
        adopt(vm, input, disks, run);
        making.ready(vm, input.hostId(), run);
    }

    private static String remark(Input input) {
        List<String> lines = new ArrayList<>();
        for (Disk disk : input.disks()) {
            lines.add(
                    "The disk " + disk.target() + " stays in its file, " + disk.file()
                            + ", which gets a second name among the volumes of its pool. The former name goes when the VM has been off.");
        }
        return String.join("\n", lines);
    }

    private MadeDisk take(Input input, int index, String name, TaskRun run) {
        Disk disk = input.disks().get(index);
        var wish = new TakeoverApi.TakeOver(
                disk.volumeId(), disk.poolId(), input.hostId(), input.vmId(), name, disk.file(), disk.format());
        return run.step("take over disk " + (index + 1), MadeDisk.class)
                .progress(TAKEN * (index + 1) / input.disks().size())
                .orUndo(
                        caller -> VmMaking.made(bus.request(TakeoverApi.TAKE_OVER, wish, caller)),
                        caller -> bus.request(
                                TakeoverApi.LET_GO,
                                new TakeoverApi.LetGo(disk.volumeId(), input.hostId(), input.vmId()),
                                caller));
    }

    private void adopt(StoredVm vm, Input input, List<MadeDisk> disks, TaskRun run) {
        run.step("adopt the domain", DomainReport.class)
                .progress(ADOPTED)
                .orUndo(
                        caller -> bus.request(
                                HostAdoptionApi.ADOPT.at(input.hostId()), request(vm, input, disks), caller),
                        caller -> bus.request(
                                HostAdoptionApi.RELEASE.at(input.hostId()), new DomainApi.Domain(vm.id()), caller));
    }

    private Adopt request(StoredVm vm, Input input, List<MadeDisk> made) {
        List<DomainSpec.Disk> disks = new ArrayList<>();
        List<TakenDisk> taken = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            MadeDisk disk = made.get(i);
            DiskHardware hardware = DiskHardware.orPlain(vm.disks().get(i).hardware());
            disks.add(new DomainSpec.Disk(
                    disk.volumeId(), disk.poolId(), disk.path(), disk.format(), disk.shareable(), hardware));
            Disk found = input.disks().get(i);
            taken.add(new TakenDisk(found.volumeId(), found.target(), found.source()));
        }
        List<DomainSpec.Nic> nics = database.transaction(tx -> networks.domainNics(tx, vm.nics(), null));
        return new Adopt(new Expected(VmEditing.domain(vm, vm.spec(), true), disks, nics), taken);
    }
}
