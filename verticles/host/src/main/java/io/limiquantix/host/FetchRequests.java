package io.limiquantix.host;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.FetchFile;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.storage.Advance;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.PoolRoom;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.host.stream.FileFetch;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.StoragePool;
import java.time.Duration;
import java.util.UUID;

/** Requests to fetch files that other hosts have. A file takes its turn with the copies into other pools. */
final class FetchRequests {
    private static final Duration TICKET_PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final OpenPools pools;
    private final VolumeCopies copies;
    private final FileFetch files;

    FetchRequests(Bus bus, OpenPools pools, VolumeCopies copies, FileFetch files) {
        this.bus = bus;
        this.pools = pools;
        this.copies = copies;
        this.files = files;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.FETCH_FILE, this::fetch);
        requests.answer(HostTransferApi.LOOK_AT_FETCH, (r, c) -> copies.look(r.imageId()));
        // Not in turn with the fetching itself, for whose end that would wait.
        requests.answer(HostTransferApi.END_FETCH, (r, c) -> {
            copies.end(r.imageId(), c.epoch());
            return Nothing.NOTHING;
        });
    }

    private FetchReport fetch(FetchFile request, Caller caller) {
        if (request.bytes() <= 0) {
            throw FailureException.invalid("bytes", "There is nothing to be fetched of an empty file.");
        }
        StoragePool pool = pools.require(request.poolId());
        PoolRoom.require(pool, request.bytes());
        return copies.make(request.imageId(), caller.epoch(), advance -> {
            String sha256 = StorageFailures.translate(() -> receive(pool, request, caller, advance));
            if (!sha256.equalsIgnoreCase(request.sha256())) {
                StorageFailures.translate(() -> forget(pool, request.imageId()));
                throw FailureException.of(
                        FailureCode.STORAGE,
                        "The SHA-256 of the bytes that arrived is " + sha256 + ", not the one that the host "
                                + request.hostId() + " announced: the file was changed or damaged on the way. Try it"
                                + " again; if it happens again, look at the disks and memory of both hosts.");
            }
            return new FetchReport(request.imageId(), request.bytes());
        });
    }

    private String receive(StoragePool pool, FetchFile request, Caller caller, Advance advance) {
        try (ImageArrival arrival = pool.images().receive(request.imageId())) {
            try {
                files.fetch(() -> ticket(request, caller), request.bytes(), arrival, advance);
                return arrival.complete();
            } finally {
                // Whoever ended it did so by an interrupt; what arrived can only be deleted by a thread without one.
                Thread.interrupted();
            }
        }
    }

    private StreamTicket ticket(FetchFile request, Caller caller) {
        return bus.request(
                HostTransferApi.OPEN_DOWNLOAD.at(request.hostId()),
                new HostTransferApi.Export(request.exportId()),
                caller.part("ticket").within(TICKET_PATIENCE));
    }

    private static Nothing forget(StoragePool pool, UUID imageId) {
        pool.images().delete(imageId);
        return Nothing.NOTHING;
    }
}
