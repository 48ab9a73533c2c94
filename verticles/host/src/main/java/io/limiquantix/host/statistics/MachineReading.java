package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.Measure;
import io.limiquantix.bus.host.Measure.DeviceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel counts of this machine (proc(5)): processors, memory, load, and those disks and network cards that are
 * devices of their own, not made of others.
 */
final class MachineReading {
    /** USER_HZ, which the kernel promises to programs on all the machines that we run on (time(7)). */
    private static final double TICKS = 100;
    /** Of /proc/diskstats, whatever the disk's own are. */
    private static final double SECTOR = 512;

    private static final double MILLIS = 1e3;
    private static final double KIB = 1024;
    /** Counters of one boot. */
    private static final long THIS_BOOT = 0;

    private static final int NIC_FIELDS = 16;
    private static final int DISK_FIELDS = 14;

    private final Path proc;
    private final Path sys;

    MachineReading(Path proc, Path sys) {
        this.proc = proc;
        this.sys = sys;
    }

    static MachineReading here() {
        return new MachineReading(Path.of("/proc"), Path.of("/sys"));
    }

    Reading read() {
        try {
            Map<String, Double> values = new HashMap<>();
            cpu(values);
            memory(values);
            String load = Files.readString(proc.resolve("loadavg")).split(" ", 2)[0];
            values.put(Measure.LOAD.series(), Double.parseDouble(load));
            nics(values);
            disks(values);
            return new Reading(THIS_BOOT, values);
        } catch (IOException e) {
            throw new UncheckedIOException("the machine's own numbers cannot be read", e);
        }
    }

    /** Busy is all but idle (4th) and waiting for disks (5th); guests' time is in that of users already. */
    private void cpu(Map<String, Double> values) throws IOException {
        int cores = 0;
        for (String line : Files.readAllLines(proc.resolve("stat"))) {
            List<String> words = words(line);
            if (words.getFirst().equals("cpu")) {
                double user = number(words, 1) + number(words, 2);
                double system = number(words, 3) + number(words, 6) + number(words, 7) + number(words, 8);
                values.put(Measure.CPU_SECONDS.series(), (user + system) / TICKS);
            } else if (words.getFirst().startsWith("cpu")) {
                cores++;
            }
        }
        values.put(Measure.CPU_COUNT.series(), (double) cores);
    }

    private void memory(Map<String, Double> values) throws IOException {
        double total = 0;
        double available = 0;
        for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                total = number(words(line), 1) * KIB;
            } else if (line.startsWith("MemAvailable:")) {
                available = number(words(line), 1) * KIB;
            }
        }
        values.put(Measure.MEMORY_TOTAL.series(), total);
        values.put(Measure.MEMORY_USED.series(), total - available);
    }

    private void nics(Map<String, Double> values) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("net/dev"))) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String name = line.substring(0, colon).strip();
            List<String> words = words(line.substring(colon + 1));
            if (words.size() >= NIC_FIELDS
                    && Files.exists(sys.resolve("class/net").resolve(name).resolve("device"))) {
                values.put(Measure.RECEIVED_BYTES.of(DeviceKind.NIC, name), number(words, 0));
                values.put(Measure.RECEIVED_PACKETS.of(DeviceKind.NIC, name), number(words, 1));
                values.put(Measure.SENT_BYTES.of(DeviceKind.NIC, name), number(words, 8));
                values.put(Measure.SENT_PACKETS.of(DeviceKind.NIC, name), number(words, 9));
                values.put(Measure.NETWORK_ERRORS.of(DeviceKind.NIC, name), number(words, 2) + number(words, 10));
                values.put(Measure.NETWORK_DROPS.of(DeviceKind.NIC, name), number(words, 3) + number(words, 11));
            }
        }
    }

    /** Columns as in the kernel's Documentation/admin-guide/iostats.rst. */
    private void disks(Map<String, Double> values) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("diskstats"))) {
            List<String> words = words(line);
            if (words.size() < DISK_FIELDS) {
                continue;
            }
            String name = words.get(2);
            Path device = sys.resolve("block").resolve(name.replace('/', '!')).resolve("device");
            if (name.indexOf('/') < 0 && Files.exists(device)) {
                values.put(Measure.READ_OPERATIONS.of(DeviceKind.DISK, name), number(words, 3));
                values.put(Measure.READ_BYTES.of(DeviceKind.DISK, name), number(words, 5) * SECTOR);
                values.put(Measure.READ_SECONDS.of(DeviceKind.DISK, name), number(words, 6) / MILLIS);
                values.put(Measure.WRITE_OPERATIONS.of(DeviceKind.DISK, name), number(words, 7));
                values.put(Measure.WRITTEN_BYTES.of(DeviceKind.DISK, name), number(words, 9) * SECTOR);
                values.put(Measure.WRITE_SECONDS.of(DeviceKind.DISK, name), number(words, 10) / MILLIS);
            }
        }
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private static double number(List<String> words, int index) {
        return Double.parseDouble(words.get(index));
    }
}
