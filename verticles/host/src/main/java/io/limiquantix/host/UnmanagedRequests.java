package io.limiquantix.host;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.host.libvirt.UnmanagedListing;
import io.limiquantix.host.storage.AdoptableFiles;
import io.limiquantix.host.storage.OpenPools;

/** Requests about domains that others defined. */
final class UnmanagedRequests {
    private final UnmanagedListing listing;
    private final OpenPools pools;

    UnmanagedRequests(UnmanagedListing listing, OpenPools pools) {
        this.listing = listing;
        this.pools = pools;
    }

    void serve(HostRequests requests) {
        requests.answer(
                DomainApi.LIST_UNMANAGED,
                (_, caller) -> listing.list(new AdoptableFiles(pools.usable()), caller.deadline()));
    }
}
