package io.limiquantix.bus.host;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is measured of a guest, a host or one of their devices. A series is a measure, and the device where there are several. */
public enum Measure {
    /** Seconds of one core. */
    CPU_SECONDS("cpuSeconds", true),
    /** A guest's vCPUs, a host's cores. */
    CPU_COUNT("cpuCount", false),
    /** What the guest has from its host. */
    MEMORY_ACTUAL("memoryActual", false),
    /** What the guest's kernel has to give, as its balloon driver says. */
    MEMORY_AVAILABLE("memoryAvailable", false),
    /** What nothing in the guest uses, not even a cache; the same source. */
    MEMORY_UNUSED("memoryUnused", false),
    /** What programs in the guest could still get without swapping; the same source. */
    MEMORY_USABLE("memoryUsable", false),
    /** What the guest's process occupies on its host. */
    MEMORY_RESIDENT("memoryResident", false),
    /** A host's. */
    MEMORY_TOTAL("memoryTotal", false),
    /** What of a host's memory new guests could not get. */
    MEMORY_USED("memoryUsed", false),
    /** Over the last minute; getloadavg(3). */
    LOAD("load", false),
    READ_BYTES("readBytes", true),
    WRITTEN_BYTES("writtenBytes", true),
    READ_OPERATIONS("readOperations", true),
    WRITE_OPERATIONS("writeOperations", true),
    FLUSH_OPERATIONS("flushOperations", true),
    /** How long all of them took together. */
    READ_SECONDS("readSeconds", true),
    WRITE_SECONDS("writeSeconds", true),
    FLUSH_SECONDS("flushSeconds", true),
    RECEIVED_BYTES("receivedBytes", true),
    SENT_BYTES("sentBytes", true),
    RECEIVED_PACKETS("receivedPackets", true),
    SENT_PACKETS("sentPackets", true),
    /** Packets that were broken, in both directions. */
    NETWORK_ERRORS("errors", true),
    /** Packets that were dropped, in both directions. */
    NETWORK_DROPS("drops", true);

    private static final Map<String, Measure> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Measure::label, Function.identity()));

    private final String label;
    private final boolean counter;

    Measure(String label, boolean counter) {
        this.label = label;
        this.counter = counter;
    }

    /** Its name on the wire and in files, which never changes. */
    public String label() {
        return label;
    }

    /** Whether it only grows while its subject lives, so that what is shown is how fast. */
    public boolean isCounter() {
        return counter;
    }

    /** The series of a subject that has one only. */
    public String series() {
        return label;
    }

    /** The series of one device, for instance {@code disk/vda/readBytes}. */
    public String of(DeviceKind kind, String device) {
        return kind.label() + "/" + device + "/" + label;
    }

    /** Nothing for a name of a neighbouring version. */
    public static Optional<Measure> named(String label) {
        return Optional.ofNullable(BY_NAME.get(label));
    }

    /** What a subject has several of. */
    public enum DeviceKind {
        /** By libvirt's or the kernel's name. */
        DISK("disk"),
        /** A guest's by its place among them, from 0 on; a host's by the kernel's name. */
        NIC("nic");

        private final String label;

        DeviceKind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
