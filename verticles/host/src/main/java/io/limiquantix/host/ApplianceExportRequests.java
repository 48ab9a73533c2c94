package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DiskBytes;
import io.limiquantix.bus.host.HostTransferApi.ExportAppliance;
import io.limiquantix.bus.host.HostTransferApi.ExportReport;
import io.limiquantix.host.storage.Exports;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Firmware;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.ova.ApplianceWriting;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests for whole machines as files, which people fetch then. They take turns with the copies into other pools. */
final class ApplianceExportRequests {
    private final OpenPools pools;
    private final CopySource sources;
    private final Exports exports;
    private final VolumeCopies copies;
    private final QemuImg qemuImg;

    ApplianceExportRequests(
            OpenPools pools, CopySource sources, Exports exports, VolumeCopies copies, QemuImg qemuImg) {
        this.pools = pools;
        this.sources = sources;
        this.exports = exports;
        this.copies = copies;
        this.qemuImg = qemuImg;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.EXPORT_APPLIANCE, this::export);
    }

    private ExportReport export(ExportAppliance request, Caller caller) {
        List<Optional<QemuLocation>> disks = request.disks().stream()
                .map(disk -> location(disk, caller.deadline()))
                .toList();
        ApplianceWriting writing = StorageFailures.translate(
                () -> ApplianceWriting.of(qemuImg, machine(request.hardware()), request.description(), disks));
        exports.requireRoom(writing.mostBytes());
        return copies.make(request.exportId(), caller.epoch(), percent -> {
            long bytes = exports.make(
                    request.exportId(),
                    file -> StorageFailures.translate(() -> {
                        writing.write(file, percent);
                        return Nothing.NOTHING;
                    }));
            return new ExportReport(request.exportId(), bytes, exports.sha256(request.exportId()));
        });
    }

    private Optional<QemuLocation> location(DiskBytes disk, Instant deadline) {
        UUID poolId = disk.poolId();
        if (poolId == null) {
            return Optional.empty();
        }
        UUID volumeId = disk.volumeId();
        if (volumeId != null) {
            return Optional.of(sources.of(poolId, volumeId, disk.snapshotId(), deadline));
        }
        UUID imageId = disk.imageId();
        StoragePool pool = pools.require(poolId);
        return Optional.ofNullable(imageId)
                .map(id -> StorageFailures.translate(() -> pool.images().location(id)));
    }

    private static Appliance machine(ApplianceHardware hardware) {
        return new Appliance(
                hardware.name(),
                hardware.product(),
                hardware.operatingSystem(),
                hardware.vcpus(),
                hardware.memoryBytes(),
                hardware.firmware().equals("uefi") ? Firmware.UEFI : Firmware.BIOS,
                hardware.nics().stream()
                        .map(nic -> new Appliance.Nic(nic.network()))
                        .toList(),
                hardware.disks().stream()
                        .map(disk -> new Appliance.Disk(disk.capacityBytes(), null))
                        .toList());
    }
}
