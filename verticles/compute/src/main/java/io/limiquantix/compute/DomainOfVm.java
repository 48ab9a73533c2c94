package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.compute.VmMaking.MadeDisk;
import io.limiquantix.compute.spec.BootOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A VM as its host is told to define it. */
final class DomainOfVm {
    private DomainOfVm() {}

    /**
     * @param made its disks, in their order
     * @param nics its network cards, in their order
     * @param seedPath as the host reported it
     */
    static DomainSpec of(StoredVm vm, List<MadeDisk> made, List<DomainSpec.Nic> nics, @Nullable String seedPath) {
        return new DomainSpec(
                vm.id(),
                vm.name(),
                vm.spec().description(),
                vm.digest(),
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                disks(vm.disks(), made),
                nics,
                seedPath,
                MachineSpec.orPlain(vm.spec().machine()),
                vm.cdroms().stream()
                        .map(cdrom -> new DomainSpec.Cdrom(cdrom.imageId(), cdrom.poolId()))
                        .toList(),
                BootOrder.of(vm.spec()),
                seedKind(vm.spec()));
    }

    private static @Nullable SeedKind seedKind(VmSpec spec) {
        if (spec.ignition() != null) {
            return SeedKind.IGNITION;
        }
        return spec.cloudbase() == null ? null : SeedKind.CONFIG_DRIVE;
    }

    private static List<DomainSpec.Disk> disks(List<Disk> disks, List<MadeDisk> made) {
        List<DomainSpec.Disk> all = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            MadeDisk disk = made.get(i);
            DiskHardware hardware = DiskHardware.orPlain(disks.get(i).hardware());
            all.add(new DomainSpec.Disk(
                    disk.volumeId(), disk.poolId(), disk.path(), disk.format(), disk.shareable(), hardware));
        }
        return all;
    }
}
