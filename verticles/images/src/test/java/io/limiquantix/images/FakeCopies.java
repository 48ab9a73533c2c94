package io.limiquantix.images;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.FetchFile;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.images.FakeStorage.Bytes;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** How fake hosts give images to one another. */
final class FakeCopies {
    static final long FILE_BYTES = 1000;
    static final String OTHER_SHA = "ee".repeat(32);

    /** Beside those that each test has. */
    final List<PoolView> pools = new CopyOnWriteArrayList<>();
    /** The files that are given, by the host that gives each. */
    final Map<UUID, UUID> files = new ConcurrentHashMap<>();
    /** Hosts that announce another checksum than the image's. */
    final Set<UUID> lying = ConcurrentHashMap.newKeySet();
    /** Hosts whose disk damages what they give. */
    final Set<UUID> damaging = ConcurrentHashMap.newKeySet();
    /** Hosts from which a file never comes whole. */
    final Set<UUID> silent = ConcurrentHashMap.newKeySet();
    /** Copies that volumes are based on. */
    final Set<StorageApi.ImageAt> used = ConcurrentHashMap.newKeySet();

    private final Set<UUID> atWork = ConcurrentHashMap.newKeySet();
    private final FakeStorage storage;

    FakeCopies(FakeStorage storage) {
        this.storage = storage;
    }

    void serve(Bus bus) {
        bus.serve(StorageApi.COUNT_USES_AT, (q, caller) -> new StorageApi.Uses(used.contains(q) ? 2 : 0));
    }

    void serve(Bus bus, UUID host) {
        storage.perform(bus, host, HostTransferApi.EXPORT_IMAGE, "give", q -> give(host, q));
        bus.serve(HostTransferApi.LOOK_AT_EXPORT, host, (q, caller) -> look(q.exportId()));
        bus.serve(HostTransferApi.END_EXPORT, host, (q, caller) -> Nothing.NOTHING);
        bus.serve(HostTransferApi.DELETE_EXPORT, host, (q, caller) -> {
            files.remove(q.exportId(), host);
            return Nothing.NOTHING;
        });
        bus.serve(HostTransferApi.FETCH_FILE, host, (q, caller) -> fetch(host, q, caller));
    }

    private ImageFile give(UUID host, HostTransferApi.ExportImage q) {
        Bytes bytes = FakeStorage.at(storage.images, host).get(q.imageId());
        if (bytes == null) {
            throw FailureException.notFound("There is no such image.");
        }
        files.put(q.exportId(), host);
        String sha256 = lying.contains(host) ? OTHER_SHA : bytes.sha256();
        return new ImageFile(q.exportId(), bytes.format(), FILE_BYTES, sha256, true);
    }

    private FetchReport fetch(UUID host, FetchFile q, Caller caller) {
        if (silent.contains(q.hostId())) {
            atWork.add(q.imageId());
            throw FailureException.of(FailureCode.TIMEOUT, "It is at work.");
        }
        return storage.perform(host, HostTransferApi.FETCH_FILE, "fetch", caller, () -> fetch(host, q));
    }

    /** As a real host does, it compares the bytes that came with what it was told. */
    private FetchReport fetch(UUID host, FetchFile q) {
        Bytes bytes = FakeStorage.at(storage.images, q.hostId()).get(q.imageId());
        if (!q.hostId().equals(files.get(q.exportId())) || bytes == null) {
            throw FailureException.notFound("This host does not have the file.");
        }
        String sha256 = damaging.contains(q.hostId()) ? OTHER_SHA : bytes.sha256();
        if (!sha256.equals(q.sha256())) {
            throw FailureException.of(FailureCode.STORAGE, "The SHA-256 of the bytes that arrived is " + sha256 + ".");
        }
        FakeStorage.at(storage.arrivals, host).put(q.imageId(), bytes);
        return new FetchReport(q.imageId(), q.bytes());
    }

    CopyProgress look(UUID id) {
        return new CopyProgress(atWork.contains(id) ? CopyState.COPYING : CopyState.NOT_HERE, 50);
    }

    void end(UUID imageId) {
        if (atWork.remove(imageId)) {
            storage.effects.add("end fetch");
        }
    }

    /** One more pool, which these hosts share if they are several. */
    UUID pool(UUID... hosts) {
        UUID id = Uuid7.next();
        var abilities = new PoolAbilities(hosts.length > 1, false, List.of("qcow2"), List.of(), 1);
        var report = new PoolReport(id, true, FakeStorage.FREE, FakeStorage.FREE, null, abilities);
        pools.add(new PoolView(
                id,
                "pool-" + id,
                "nfs",
                Map.of(),
                List.of(),
                PoolView.State.READY,
                false,
                FakeStorage.FREE,
                FakeStorage.FREE,
                Stream.of(hosts)
                        .map(host -> new PoolView.OnHost(host, report, Instant.EPOCH))
                        .toList(),
                0,
                Instant.EPOCH,
                1));
        return id;
    }
}
