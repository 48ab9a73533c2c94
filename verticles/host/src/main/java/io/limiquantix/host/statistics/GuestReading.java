package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.Measure;
import io.limiquantix.bus.host.Measure.DeviceKind;
import io.limiquantix.host.libvirt.DomainFigures;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Turns libvirt's numbers of a guest into our series. A number that libvirt does not give is left out. */
final class GuestReading {
    private static final double KIB = 1024;
    private static final double PER_NANO = 1e-9;
    /** The balloon driver is asked every 10 s. */
    private static final long BALLOON_SECONDS = 30;

    private static final int MOST_DEVICES = 256;

    private final DomainFigures figures;
    private final Map<String, Double> values = new HashMap<>();

    private GuestReading(DomainFigures figures) {
        this.figures = figures;
    }

    /** @param nowSeconds by this machine's clock, which is the one that libvirt notes the balloon's answers with */
    static Reading of(DomainFigures figures, long nowSeconds) {
        GuestReading reading = new GuestReading(figures);
        reading.take("cpu.time", Measure.CPU_SECONDS.series(), PER_NANO);
        reading.take("vcpu.current", Measure.CPU_COUNT.series(), 1);
        reading.memory(nowSeconds);
        reading.disks();
        reading.nics();
        return new Reading(figures.runId(), reading.values);
    }

    private void memory(long nowSeconds) {
        take("balloon.current", Measure.MEMORY_ACTUAL.series(), KIB);
        take("balloon.rss", Measure.MEMORY_RESIDENT.series(), KIB);
        long answered = figures.number("balloon.last-update").orElse(0);
        // What a guest said that does not answer any more is not what it has now.
        if (nowSeconds - answered <= BALLOON_SECONDS) {
            take("balloon.available", Measure.MEMORY_AVAILABLE.series(), KIB);
            take("balloon.unused", Measure.MEMORY_UNUSED.series(), KIB);
            take("balloon.usable", Measure.MEMORY_USABLE.series(), KIB);
        }
    }

    private void disks() {
        for (int i = 0; i < count("block.count"); i++) {
            String block = "block." + i + ".";
            String name = figures.text(block + "name");
            if (name != null && name.indexOf('/') < 0) {
                disk(block, name);
            }
        }
    }

    private void disk(String block, String name) {
        take(block + "rd.bytes", Measure.READ_BYTES.of(DeviceKind.DISK, name), 1);
        take(block + "wr.bytes", Measure.WRITTEN_BYTES.of(DeviceKind.DISK, name), 1);
        take(block + "rd.reqs", Measure.READ_OPERATIONS.of(DeviceKind.DISK, name), 1);
        take(block + "wr.reqs", Measure.WRITE_OPERATIONS.of(DeviceKind.DISK, name), 1);
        take(block + "fl.reqs", Measure.FLUSH_OPERATIONS.of(DeviceKind.DISK, name), 1);
        take(block + "rd.times", Measure.READ_SECONDS.of(DeviceKind.DISK, name), PER_NANO);
        take(block + "wr.times", Measure.WRITE_SECONDS.of(DeviceKind.DISK, name), PER_NANO);
        take(block + "fl.times", Measure.FLUSH_SECONDS.of(DeviceKind.DISK, name), PER_NANO);
    }

    private void nics() {
        for (int i = 0; i < count("net.count"); i++) {
            String net = "net." + i + ".";
            String nic = Integer.toString(i);
            take(net + "rx.bytes", Measure.RECEIVED_BYTES.of(DeviceKind.NIC, nic), 1);
            take(net + "tx.bytes", Measure.SENT_BYTES.of(DeviceKind.NIC, nic), 1);
            take(net + "rx.pkts", Measure.RECEIVED_PACKETS.of(DeviceKind.NIC, nic), 1);
            take(net + "tx.pkts", Measure.SENT_PACKETS.of(DeviceKind.NIC, nic), 1);
            sum(net + "rx.errs", net + "tx.errs", Measure.NETWORK_ERRORS.of(DeviceKind.NIC, nic));
            sum(net + "rx.drop", net + "tx.drop", Measure.NETWORK_DROPS.of(DeviceKind.NIC, nic));
        }
    }

    private int count(String name) {
        return (int) Math.min(MOST_DEVICES, figures.number(name).orElse(0));
    }

    private void take(String name, String series, double factor) {
        figures.number(name).ifPresent(number -> values.put(series, number * factor));
    }

    private void sum(String one, String other, String series) {
        OptionalLong first = figures.number(one);
        OptionalLong second = figures.number(other);
        if (first.isPresent() && second.isPresent()) {
            values.put(series, (double) first.getAsLong() + second.getAsLong());
        }
    }
}
