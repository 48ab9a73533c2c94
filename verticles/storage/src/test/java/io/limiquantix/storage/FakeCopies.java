package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The copies of fake hosts. As a real one, each answers when the copy is whole, and nobody waits so long. */
final class FakeCopies {
    /** Whether copies that are asked for are at work, and not whole yet. */
    volatile boolean working;

    final List<HostStorageApi.CopyVolume> requests = new CopyOnWriteArrayList<>();
    private final Set<UUID> copied = ConcurrentHashMap.newKeySet();
    private final Set<UUID> ended = ConcurrentHashMap.newKeySet();
    private final FakeHosts hosts;

    FakeCopies(FakeHosts hosts) {
        this.hosts = hosts;
    }

    void serve(Bus bus, UUID host) {
        String name = hosts.name("copy", host);
        bus.serve(HostStorageApi.COPY_VOLUME, host, (q, caller) -> {
            requests.add(q);
            if (working && !ended.contains(q.volumeId())) {
                copied.add(q.volumeId());
                throw FailureException.of(FailureCode.TIMEOUT, "The copy is at work.");
            }
            return hosts.faults.answer(name, VolumeReport.class, caller, () -> {
                copied.remove(q.volumeId());
                return hosts.makeVolume(name, q.volumeId(), q.format(), q.sizeBytes());
            });
        });
        bus.serve(HostStorageApi.LOOK_AT_COPY, host, (q, caller) -> progress(copied.contains(q.volumeId())));
        hosts.perform(bus, host, HostStorageApi.END_COPY, "end copy", (what, q) -> {
            ended.add(q.volumeId());
            hosts.note(what, copied.remove(q.volumeId()));
            return Nothing.NOTHING;
        });
    }

    static CopyProgress progress(boolean atWork) {
        return atWork ? new CopyProgress(CopyState.COPYING, 50) : new CopyProgress(CopyState.NOT_HERE, 0);
    }
}
