package io.limiquantix.host;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.host.libvirt.UnmanagedListing;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.storage.driver.StoragePool;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests about domains that others defined. */
final class UnmanagedRequests {
    private final UnmanagedListing listing;
    private final OpenPools pools;

    UnmanagedRequests(UnmanagedListing listing, OpenPools pools) {
        this.listing = listing;
        this.pools = pools;
    }

    void serve(HostRequests requests) {
        requests.answer(DomainApi.LIST_UNMANAGED, (_, caller) -> {
            List<StoragePool> usable = pools.usable();
            return listing.list(file -> poolOf(file, usable), caller.deadline());
        });
    }

    private static @Nullable UUID poolOf(Path file, List<StoragePool> pools) {
        return pools.stream()
                .filter(pool -> pool.folder().filter(file::startsWith).isPresent())
                .map(StoragePool::id)
                .findFirst()
                .orElse(null);
    }
}
