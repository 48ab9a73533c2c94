package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.bus.host.HostTransferApi.ExportVolume;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.storage.Exports;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.qemu.QemuImg;

/** Requests about files that people and other hosts fetch. An export takes its turn with the copies into other pools. */
final class ExportRequests {
    private final CopySource sources;
    private final Exports exports;
    private final VolumeCopies copies;
    private final QemuImg qemuImg;
    private final StreamEndpoint streams;

    ExportRequests(CopySource sources, Exports exports, VolumeCopies copies, QemuImg qemuImg, StreamEndpoint streams) {
        this.sources = sources;
        this.exports = exports;
        this.copies = copies;
        this.qemuImg = qemuImg;
        this.streams = streams;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.EXPORT_VOLUME, this::export);
        requests.answer(HostTransferApi.LOOK_AT_EXPORT, (r, c) -> copies.look(r.exportId()));
        // Not in turn with the export itself, for whose end that would wait.
        requests.answer(HostTransferApi.END_EXPORT, (r, c) -> {
            copies.end(r.exportId(), c.epoch());
            return Nothing.NOTHING;
        });
        requests.perform(HostTransferApi.DELETE_EXPORT, (r, c) -> {
            exports.delete(r.exportId());
            return Nothing.NOTHING;
        });
        requests.answer(HostTransferApi.OPEN_DOWNLOAD, (r, c) -> openDownload(r));
    }

    private ExportReport export(ExportVolume request, Caller caller) {
        VolumeFormat format = StorageFailures.translate(() -> VolumeFormat.of(request.format()));
        QemuLocation source = sources.of(request.poolId(), request.volumeId(), request.snapshotId(), caller.deadline());
        exports.requireRoom(StorageFailures.translate(() -> qemuImg.dataBytes(source)));
        return copies.make(request.exportId(), caller.epoch(), percent -> {
            long bytes = exports.make(
                    request.exportId(),
                    file -> StorageFailures.translate(() -> {
                        qemuImg.export(source, file, format, percent);
                        return Nothing.NOTHING;
                    }));
            return new ExportReport(request.exportId(), bytes, exports.sha256(request.exportId()));
        });
    }

    private StreamTicket openDownload(HostTransferApi.Export request) {
        exports.require(request.exportId());
        return streams.admit(new StreamPurpose.Download(request.exportId()));
    }
}
