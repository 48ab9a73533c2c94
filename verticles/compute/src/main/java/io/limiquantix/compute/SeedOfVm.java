package io.limiquantix.compute;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.host.HostStorageApi.MakeSeed;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.compute.cloudinit.ConfigDrive;
import io.limiquantix.compute.cloudinit.IgnitionConfig;
import io.limiquantix.compute.cloudinit.NoCloud;
import java.util.UUID;

/** What a VM's host is told to make of how its guest is to be set up. */
final class SeedOfVm {
    private SeedOfVm() {}

    /** @param setup with its user-data opened */
    static MakeSeed of(StoredVm vm, GuestSetup setup) {
        UUID poolId = vm.disks().getFirst().poolId();
        return switch (setup) {
            case CloudInit wish -> {
                NoCloud documents = NoCloud.of(vm.id(), vm.name(), wish, vm.nics());
                yield new MakeSeed(
                        vm.id(), poolId, documents.metaData(), documents.userData(), documents.networkConfig());
            }
            case Ignition wish ->
                new MakeSeed(vm.id(), poolId, "", IgnitionConfig.of(vm.name(), wish), "", SeedKind.IGNITION);
            case Cloudbase wish -> {
                ConfigDrive documents = ConfigDrive.of(vm.id(), vm.name(), wish);
                yield new MakeSeed(
                        vm.id(), poolId, documents.metaData(), documents.userData(), "", SeedKind.CONFIG_DRIVE);
            }
        };
    }
}
