package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.compute.VmMaking.MadeDisk;
import io.limiquantix.compute.VmMaking.MadeSeed;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a VM. Each step's undo takes back what the step did, so that a creation that fails leaves nothing. */
final class CreateVmTask {
    private final VmMaking making;
    private final AgentWait agentWait;

    CreateVmTask(VmMaking making, AgentWait agentWait) {
        this.making = making;
        this.agentWait = agentWait;
    }

    /**
     * @param hostId the host that the user chose
     * @param hosts those that reach all disks' pools
     * @param preferred those of them that have the images there already; absent in what an earlier version wrote
     * @param remark what the user is to know of the wish, in the task's log
     */
    record Input(
            UUID vmId,
            @Nullable UUID hostId,
            HostSet hosts,
            @Nullable HostSet preferred,
            boolean start,
            boolean waitForAgent,
            @Nullable String remark) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.CREATE, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Optional<StoredVm> stored = making.find(input.vmId());
        if (stored.isEmpty()) {
            // Taking back its creation has come as far as that.
            return;
        }
        StoredVm vm = stored.get();
        making.accept(vm, input.remark(), run);
        UUID hostId = making.place(vm, input.hostId(), input.hosts(), input.preferred(), run);
        making.bringImages(vm, hostId, run);
        List<MadeDisk> disks = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            disks.add(disk(vm, i, hostId, run));
        }
        MadeSeed seed = making.seed(vm, hostId, run);
        making.define(vm, hostId, disks, seed, run);
        if (input.start()) {
            making.start(vm, hostId, run);
        }
        AgentWait.Began ready = making.ready(vm, hostId, run);
        if (input.waitForAgent()) {
            agentWait.run(vm, hostId, ready, run);
        }
    }

    private MadeDisk disk(StoredVm vm, int index, UUID hostId, TaskRun run) {
        Disk disk = vm.disks().get(index);
        if (disk.attached()) {
            return making.take(vm, index, hostId, run);
        }
        var wish = StorageApi.ProvisionVolume.ofImage(
                disk.volumeId(),
                disk.poolId(),
                hostId,
                vm.name() + "-" + (index + 1),
                disk.sizeBytes(),
                disk.imageId(),
                vm.id());
        return making.provision(vm, index, wish, run);
    }
}
