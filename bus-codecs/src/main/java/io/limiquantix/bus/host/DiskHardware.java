package io.limiquantix.bus.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a guest reaches a disk.
 *
 * @param ioThread whether QEMU serves it by a thread of its own, which takes virtio
 * @param limits absent: none
 */
public record DiskHardware(
        DiskBus bus,
        Cache cache,
        Discard discard,
        boolean ioThread,
        @Nullable Limits limits) {
    /** Where nothing was said. */
    public static final DiskHardware PLAIN = new DiskHardware(DiskBus.VIRTIO, Cache.AUTO, Discard.UNMAP, false, null);

    public DiskHardware {
        bus = Objects.requireNonNullElse(bus, DiskBus.VIRTIO);
        cache = Objects.requireNonNullElse(cache, Cache.AUTO);
        discard = Objects.requireNonNullElse(discard, Discard.UNMAP);
    }

    public static DiskHardware orPlain(@Nullable DiskHardware said) {
        return said == null ? PLAIN : said;
    }

    /** Without a thread of its own where the bus has none. */
    public DiskHardware withBus(DiskBus other) {
        return new DiskHardware(other, cache, discard, ioThread && other == DiskBus.VIRTIO, limits);
    }

    public DiskHardware withCache(Cache other) {
        return new DiskHardware(bus, other, discard, ioThread, limits);
    }

    public DiskHardware withDiscard(Discard other) {
        return new DiskHardware(bus, cache, other, ioThread, limits);
    }

    public DiskHardware withLimits(@Nullable Limits others) {
        return new DiskHardware(bus, cache, discard, ioThread, others);
    }

    public enum DiskBus {
        @JsonProperty("virtio")
        VIRTIO,
        /** On a virtio-scsi controller. */
        @JsonProperty("scsi")
        SCSI,
        @JsonProperty("sata")
        SATA
    }

    public enum Cache {
        /** None where the disk's file system lets QEMU do without the page cache, else write-back. */
        @JsonProperty("auto")
        AUTO,
        @JsonProperty("none")
        NONE,
        @JsonProperty("writeback")
        WRITEBACK,
        @JsonProperty("writethrough")
        WRITETHROUGH
    }

    /** What becomes of blocks that the guest does not need any more. */
    public enum Discard {
        /** The storage gets them back. */
        @JsonProperty("unmap")
        UNMAP,
        @JsonProperty("ignore")
        IGNORE
    }

    /** The most that the guest gets of the disk, each at least 1; absent: as much as there is. */
    public record Limits(
            @Nullable Long readIops,
            @Nullable Long writeIops,
            @Nullable Long readBytesPerSecond,
            @Nullable Long writeBytesPerSecond) {
        public boolean none() {
            return readIops == null && writeIops == null && readBytesPerSecond == null && writeBytesPerSecond == null;
        }
    }
}
