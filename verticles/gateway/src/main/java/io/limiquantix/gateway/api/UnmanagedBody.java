package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.UnmanagedApi.OnHost;
import io.limiquantix.bus.compute.UnmanagedApi.SilentHost;
import io.limiquantix.bus.compute.UnmanagedApi.Unmanaged;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.UnmanagedDomain;
import java.util.List;
import java.util.UUID;

/** Domains that are no VMs of ours, as the API shows them. */
record UnmanagedBody(List<Item> items, List<SilentHost> silentHosts, boolean more) {
    UnmanagedBody {
        items = List.copyOf(items);
        silentHosts = List.copyOf(silentHosts);
    }

    record Item(
            UUID uuid,
            UUID hostId,
            String hostName,
            String name,
            PowerState state,
            int vcpus,
            long memoryBytes,
            String firmware,
            boolean persistent,
            List<UnmanagedDomain.Disk> disks,
            List<UnmanagedDomain.Nic> nics,
            List<String> reasons) {
        Item {
            disks = List.copyOf(disks);
            nics = List.copyOf(nics);
            reasons = List.copyOf(reasons);
        }
    }

    static UnmanagedBody of(Unmanaged found) {
        return new UnmanagedBody(
                found.items().stream().map(UnmanagedBody::item).toList(), found.silent(), found.more());
    }

    private static Item item(OnHost found) {
        UnmanagedDomain domain = found.domain();
        return new Item(
                domain.uuid(),
                found.hostId(),
                found.hostName(),
                domain.name(),
                domain.state(),
                domain.vcpus(),
                domain.memoryBytes(),
                domain.firmware(),
                domain.persistent(),
                domain.disks(),
                domain.nics(),
                domain.reasons());
    }
}
