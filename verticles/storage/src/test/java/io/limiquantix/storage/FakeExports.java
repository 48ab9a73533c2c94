package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The files that the fake hosts make of volumes. */
final class FakeExports {
    static final long BYTES = 4711;
    /** Exports whose files are whole. */
    final Set<UUID> files = ConcurrentHashMap.newKeySet();

    final List<HostTransferApi.ExportVolume> requests = new CopyOnWriteArrayList<>();
    /** Whether exports that are asked for are at work, and not whole yet. */
    volatile boolean exporting;

    private final Set<UUID> atWork = ConcurrentHashMap.newKeySet();
    private final FakeHosts hosts;

    FakeExports(FakeHosts hosts) {
        this.hosts = hosts;
    }

    void serve(Bus bus, UUID host) {
        serveMaking(bus, host);
        hosts.perform(bus, host, HostTransferApi.END_EXPORT, "end export", (name, q) -> {
            hosts.note(name, atWork.remove(q.exportId()));
            return Nothing.NOTHING;
        });
        hosts.perform(bus, host, HostTransferApi.DELETE_EXPORT, "delete export", (name, q) -> {
            hosts.note(name, files.remove(q.exportId()));
            return Nothing.NOTHING;
        });
    }

    /** As a real one, it answers when the file is whole, and nobody waits so long. */
    private void serveMaking(Bus bus, UUID host) {
        String name = host.equals(hosts.one) ? "export 1" : "export 2";
        bus.serve(HostTransferApi.EXPORT_VOLUME, host, (q, caller) -> {
            requests.add(q);
            if (exporting) {
                atWork.add(q.exportId());
                throw FailureException.of(FailureCode.TIMEOUT, "The export is at work.");
            }
            return hosts.faults.answer(name, HostTransferApi.ExportReport.class, caller, () -> {
                hosts.note(name, files.add(q.exportId()));
                return new HostTransferApi.ExportReport(q.exportId(), BYTES);
            });
        });
        bus.serve(
                HostTransferApi.LOOK_AT_EXPORT,
                host,
                (q, caller) -> atWork.contains(q.exportId())
                        ? new CopyProgress(CopyState.COPYING, 50)
                        : new CopyProgress(CopyState.NOT_HERE, 0));
    }
}
