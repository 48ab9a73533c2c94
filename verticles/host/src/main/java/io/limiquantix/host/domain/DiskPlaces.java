package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.SeedKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the disks and CD-ROM drives of a new domain are plugged in. Those on SCSI and SATA share one row of names, so each has its
 * address said: libvirt would derive one from the name and leave gaps.
 */
record DiskPlaces(List<Plug> disks, List<Plug> cdroms, Plug seed, boolean scsi, int ioThreads) {
    /** Of a SATA controller. */
    private static final int SATA_PORTS = 6;

    /**
     * @param target libvirt's name
     * @param controller of its bus, from 0; -1 for virtio, where each disk is a device of its own
     * @param unit on it
     * @param ioThread which thread serves it, from 1; 0 for none of its own
     */
    record Plug(DiskBus bus, String target, int controller, int unit, int ioThread) {
        boolean addressed() {
            return controller >= 0;
        }
    }

    static DiskPlaces of(DomainSpec spec) {
        Row row = new Row();
        List<Plug> disks = spec.disks().stream()
                .map(disk -> row.next(disk.hardware().bus(), disk.hardware().ioThread()))
                .toList();
        List<Plug> cdroms = new ArrayList<>();
        for (int i = 0; i < spec.cdroms().size(); i++) {
            cdroms.add(row.next(DiskBus.SATA, false));
        }
        // After the others, so that those keep their places whether there is one or not.
        Plug seed = row.next(spec.seedKind() == SeedKind.CONFIG_DRIVE ? DiskBus.SATA : DiskBus.VIRTIO, false);
        return new DiskPlaces(disks, cdroms, seed, row.scsi > 0, row.ioThreads);
    }

    private static final class Row {
        private int virtio;
        private int scsi;
        private int sata;
        private int ioThreads;

        Plug next(DiskBus bus, boolean withThread) {
            String target = bus == DiskBus.VIRTIO ? DiskName.target(virtio) : DiskName.scsiTarget(scsi + sata);
            int thread = withThread ? ++ioThreads : 0;
            return switch (bus) {
                case VIRTIO -> {
                    virtio++;
                    yield new Plug(bus, target, -1, 0, thread);
                }
                case SCSI -> new Plug(bus, target, 0, scsi++, thread);
                case SATA -> {
                    int port = sata++;
                    yield new Plug(bus, target, port / SATA_PORTS, port % SATA_PORTS, thread);
                }
            };
        }
    }
}
