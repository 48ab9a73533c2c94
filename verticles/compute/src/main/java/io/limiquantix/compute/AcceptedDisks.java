package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DriftApi.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a VM's disks are reached where somebody else defined that, from how the host words the differences. */
final class AcceptedDisks {
    private static final String ALONE =
            "Disks come and go, and go elsewhere, by LimiQuantix alone, which answers for what is on them.";
    private static final Limits NONE = new Limits(null, null, null, null);

    private final List<Disk> all;
    private final Map<UUID, DiskHardware> changed = new LinkedHashMap<>();

    AcceptedDisks(List<Disk> all) {
        this.all = all;
    }

    /**
     * The obstacle; null where there is none.
     *
     * @throws IllegalArgumentException when a disk has no word for what was found
     */
    @Nullable
    String take(Difference difference) {
        Optional<Disk> known = all.stream()
                .filter(disk -> disk.volumeId().equals(difference.volumeId()))
                .findFirst();
        if (known.isEmpty()) {
            return ALONE;
        }
        UUID volume = known.get().volumeId();
        String field = difference.field();
        String part = field.substring(field.lastIndexOf('.') + 1);
        DiskHardware was =
                changed.getOrDefault(volume, DiskHardware.orPlain(known.get().hardware()));
        switch (part) {
            case "source" -> {
                return ALONE;
            }
            case "format" -> {
                return "The guest would read something else on the disk than is there.";
            }
            case "limits" -> {
                return "LimiQuantix limits bytes and operations per second, of reading and of writing, and nothing else.";
            }
            default -> changed.put(volume, changed(was, part, difference.found()));
        }
        return null;
    }

    private static DiskHardware changed(DiskHardware was, String part, String found) {
        String word = found.toUpperCase(Locale.ROOT);
        return switch (part) {
            case "bus" -> was.withBus(DiskBus.valueOf(word));
            case "cache" -> was.withCache(found.isEmpty() ? Cache.AUTO : Cache.valueOf(word));
            case "discard" -> was.withDiscard(found.isEmpty() ? Discard.IGNORE : Discard.valueOf(word));
            default -> {
                Limits limits = limits(Objects.requireNonNullElse(was.limits(), NONE), part, found);
                yield was.withLimits(limits.none() ? null : limits);
            }
        };
    }

    private static Limits limits(Limits was, String part, String found) {
        Long most = found.isEmpty() ? null : Long.valueOf(found);
        return switch (part) {
            case "readIops" -> new Limits(most, was.writeIops(), was.readBytesPerSecond(), was.writeBytesPerSecond());
            case "writeIops" -> new Limits(was.readIops(), most, was.readBytesPerSecond(), was.writeBytesPerSecond());
            case "readBytesPerSecond" -> new Limits(was.readIops(), was.writeIops(), most, was.writeBytesPerSecond());
            case "writeBytesPerSecond" -> new Limits(was.readIops(), was.writeIops(), was.readBytesPerSecond(), most);
            default -> throw new IllegalArgumentException(part);
        };
    }

    /** Those that are reached otherwise from now on. */
    List<Disk> disks() {
        return all.stream()
                .filter(disk -> changed.containsKey(disk.volumeId()))
                .map(disk -> with(disk, changed.get(disk.volumeId())))
                .toList();
    }

    private static Disk with(Disk disk, @Nullable DiskHardware hardware) {
        return new Disk(
                disk.volumeId(),
                disk.poolId(),
                disk.sizeBytes(),
                disk.imageId(),
                disk.attached(),
                disk.readOnly(),
                disk.target(),
                DiskHardware.PLAIN.equals(hardware) ? null : hardware);
    }
}
