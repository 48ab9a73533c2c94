package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.MachineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What a VM was when a snapshot of it was made, as far as a guest that goes on from its memory would find it missing. */
record KeptMachine(int vcpus, long memoryBytes, MachineSpec machine, List<UUID> disks, int drives, List<Nic> nics) {
    private static final int MEBIBYTE = 20;

    KeptMachine {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
    }

    static KeptMachine of(StoredVm vm) {
        return new KeptMachine(
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                MachineSpec.orPlain(vm.spec().machine()),
                vm.disks().stream().map(Disk::volumeId).toList(),
                vm.cdroms().size(),
                vm.nics());
    }

    /** What it is when the other one's settings were brought back: disks and drives stay. */
    KeptMachine withSettingsOf(KeptMachine then) {
        return new KeptMachine(then.vcpus, then.memoryBytes, then.machine, disks, drives, then.nics);
    }

    /** What has to be changed before the other one is the same machine; empty when it is. */
    List<String> differences(KeptMachine now) {
        List<String> found = new ArrayList<>();
        if (vcpus != now.vcpus) {
            found.add("it had " + vcpus + " vCPUs and has " + now.vcpus);
        }
        if (memoryBytes != now.memoryBytes) {
            found.add(
                    "it had " + (memoryBytes >> MEBIBYTE) + " MiB of memory and has " + (now.memoryBytes >> MEBIBYTE));
        }
        if (!Objects.equals(machine, now.machine)) {
            found.add("its processor, firmware or other hardware settings are not what they were");
        }
        if (!Set.copyOf(disks).equals(Set.copyOf(now.disks))) {
            found.add("disks were attached or detached");
        }
        if (drives != now.drives) {
            found.add("it had " + drives + " CD-ROM drives and has " + now.drives);
        }
        if (!Set.copyOf(nics).equals(Set.copyOf(now.nics))) {
            found.add("its network cards are not what they were");
        }
        return found;
    }
}
