package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The files of fake hosts that others fetch, and the images that become of them. */
final class FakeTransfers {
    static final String SHA256 = "ab".repeat(32);
    static final long FILE_BYTES = 4096;

    /** The files, with the host that has each. */
    final Map<UUID, UUID> exports = new ConcurrentHashMap<>();
    /** The images, whole or on their way, with the host that has each. */
    final Map<UUID, UUID> images = new ConcurrentHashMap<>();

    final List<HostTransferApi.ExportVolume> exportRequests = new CopyOnWriteArrayList<>();
    final List<HostTransferApi.ExportAppliance> applianceRequests = new CopyOnWriteArrayList<>();
    final List<HostTransferApi.ExportImage> imageRequests = new CopyOnWriteArrayList<>();
    final List<HostTransferApi.FetchFile> fetchRequests = new CopyOnWriteArrayList<>();
    /** What is at work when it is asked for, and never whole: {@code export 1}. */
    final Set<String> neverWhole = ConcurrentHashMap.newKeySet();

    private final Set<UUID> atWork = ConcurrentHashMap.newKeySet();
    private final FakeHosts hosts;

    FakeTransfers(FakeHosts hosts) {
        this.hosts = hosts;
    }

    void serve(Bus bus, UUID host) {
        serveExports(bus, host);
        serveFetches(bus, host);
        serveImages(bus, host);
    }

    private void serveExports(Bus bus, UUID host) {
        String name = hosts.name("export", host);
        bus.serve(HostTransferApi.EXPORT_VOLUME, host, (q, caller) -> {
            exportRequests.add(q);
            return work(name, q.exportId(), ExportReport.class, caller, () -> made(name, q.exportId(), host));
        });
        bus.serve(HostTransferApi.EXPORT_APPLIANCE, host, (q, caller) -> {
            applianceRequests.add(q);
            return work(name, q.exportId(), ExportReport.class, caller, () -> made(name, q.exportId(), host));
        });
        bus.serve(HostTransferApi.EXPORT_IMAGE, host, (q, caller) -> {
            imageRequests.add(q);
            return work(name, q.exportId(), ImageFile.class, caller, () -> {
                ExportReport made = made(name, q.exportId(), host);
                return new ImageFile(q.exportId(), "raw", made.bytes(), made.sha256(), false);
            });
        });
        bus.serve(
                HostTransferApi.LOOK_AT_EXPORT,
                host,
                (q, caller) -> FakeCopies.progress(atWork.contains(q.exportId())));
        end(bus, host, HostTransferApi.END_EXPORT, "end export", HostTransferApi.Export::exportId);
        hosts.perform(bus, host, HostTransferApi.DELETE_EXPORT, "delete export", (what, q) -> {
            hosts.note(what, exports.remove(q.exportId(), host));
            return Nothing.NOTHING;
        });
    }

    private ExportReport made(String name, UUID exportId, UUID host) {
        hosts.note(name, exports.put(exportId, host) == null);
        return new ExportReport(exportId, FILE_BYTES, SHA256);
    }

    private void serveFetches(Bus bus, UUID host) {
        String name = hosts.name("fetch", host);
        bus.serve(HostTransferApi.FETCH_FILE, host, (q, caller) -> {
            fetchRequests.add(q);
            return work(name, q.imageId(), FetchReport.class, caller, () -> {
                if (!q.hostId().equals(exports.get(q.exportId()))) {
                    throw FailureException.notFound("The host " + q.hostId() + " has no such file.");
                }
                hosts.note(name, images.put(q.imageId(), host) == null);
                return new FetchReport(q.imageId(), q.bytes());
            });
        });
        bus.serve(
                HostTransferApi.LOOK_AT_FETCH, host, (q, caller) -> FakeCopies.progress(atWork.contains(q.imageId())));
        end(bus, host, HostTransferApi.END_FETCH, "end fetch", HostStorageApi.ImageName::imageId);
    }

    private void serveImages(Bus bus, UUID host) {
        hosts.perform(bus, host, HostStorageApi.ADMIT_IMAGE, "admit", (what, q) -> {
            if (!host.equals(images.get(q.imageId()))) {
                throw FailureException.notFound("The bytes of the image have not all arrived.");
            }
            hosts.note(what, true);
            return new ImageReport(q.imageId(), SHA256, FILE_BYTES, q.format(), StorageProcess.MIB);
        });
        hosts.perform(bus, host, HostStorageApi.DELETE_IMAGE, "delete image", (what, q) -> {
            hosts.note(what, images.remove(q.imageId(), host));
            return Nothing.NOTHING;
        });
    }

    /** As a real host, it answers when the work is done, and nobody waits so long. */
    private <R extends Record> R work(String name, UUID id, Class<R> type, Caller caller, Supplier<R> work) {
        if (neverWhole.contains(name)) {
            atWork.add(id);
            throw FailureException.of(FailureCode.TIMEOUT, "It is at work.");
        }
        return hosts.faults.answer(name, type, caller, work);
    }

    private <Q extends Record> void end(
            Bus bus, UUID host, HostAddress<Q, Nothing> address, String what, Function<Q, UUID> id) {
        hosts.perform(bus, host, address, what, (name, q) -> {
            hosts.note(name, atWork.remove(id.apply(q)));
            return Nothing.NOTHING;
        });
    }
}
