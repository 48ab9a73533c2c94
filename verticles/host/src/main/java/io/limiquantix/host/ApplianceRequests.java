package io.limiquantix.host;

import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ApplianceReport;
import io.limiquantix.bus.host.HostTransferApi.ReadAppliance;
import io.limiquantix.bus.host.HostTransferApi.TakeDisk;
import io.limiquantix.bus.host.HostTransferApi.UnpackReport;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.DiskFile;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Images;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Requests to read appliances that have arrived, and to make images of their disks. They take turns with the copies into other pools. */
final class ApplianceRequests {
    private static final String OVA = "ova";

    private final OpenPools pools;
    private final VolumeCopies copies;

    ApplianceRequests(OpenPools pools, VolumeCopies copies) {
        this.pools = pools;
        this.copies = copies;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.READ_APPLIANCE, this::read);
        requests.perform(HostTransferApi.TAKE_DISK, this::takeDisk);
    }

    private ApplianceReport read(ReadAppliance request, Caller caller) {
        Images images = pools.require(request.poolId()).images();
        var expected = new ExpectedSums(request.sha256(), request.sha512(), request.md5());
        ArrivedAppliance read = copies.make(
                request.imageId(),
                caller.epoch(),
                percent -> StorageFailures.translate(() -> images.readAppliance(request.imageId(), expected, percent)));
        var came = new CameAs(OVA, label(read.compression()), read.sha256(), read.bytes());
        return new ApplianceReport(request.imageId(), hardware(read.appliance()), came);
    }

    private static @Nullable String label(@Nullable Compression compression) {
        return compression == null ? null : compression.label();
    }

    private static ApplianceHardware hardware(Appliance appliance) {
        return new ApplianceHardware(
                appliance.name(),
                appliance.product(),
                appliance.operatingSystem(),
                appliance.vcpus(),
                appliance.memoryBytes(),
                appliance.firmware().name().toLowerCase(Locale.ROOT),
                appliance.nics().stream()
                        .map(nic -> new ApplianceHardware.Nic(nic.network()))
                        .toList(),
                appliance.disks().stream().map(ApplianceRequests::disk).toList());
    }

    private static ApplianceHardware.Disk disk(Appliance.Disk disk) {
        @Nullable DiskFile file = disk.file();
        return new ApplianceHardware.Disk(disk.capacityBytes(), file == null ? null : file.name());
    }

    private UnpackReport takeDisk(TakeDisk request, Caller caller) {
        Images images = pools.require(request.poolId()).images();
        if (StorageFailures.translate(() -> images.find(request.imageId())).isPresent()) {
            return new UnpackReport(request.imageId(), ImageFormat.QCOW2.label(), null);
        }
        Came came = copies.make(
                request.imageId(),
                caller.epoch(),
                percent -> StorageFailures.translate(
                        () -> images.takeDisk(request.applianceId(), request.disk(), request.imageId(), percent)));
        var report = new CameAs(came.format().label(), label(came.compression()), came.sha256(), came.bytes());
        return new UnpackReport(request.imageId(), ImageFormat.QCOW2.label(), report);
    }
}
