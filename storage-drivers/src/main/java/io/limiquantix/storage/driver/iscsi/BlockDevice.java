package io.limiquantix.storage.driver.iscsi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel shows of a disk under {@code /sys/block}. */
final class BlockDevice {
    private static final Path BLOCK = Path.of("/sys/block");

    private BlockDevice() {}

    /** Whether device mapper holds it or one of its partitions, or a file system on it is mounted. */
    static boolean isUsed(String disk) {
        return isHeld(BLOCK.resolve(disk))
                || Session.entries(BLOCK.resolve(disk)).stream()
                        .filter(each -> String.valueOf(each.getFileName()).startsWith(disk))
                        .anyMatch(BlockDevice::isHeld)
                || isMounted(disk);
    }

    private static boolean isHeld(Path device) {
        return !Session.entries(device.resolve("holders")).isEmpty();
    }

    private static boolean isMounted(String disk) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.anyMatch(line -> line.startsWith("/dev/" + disk));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The multipath device that has the disk as one of its paths; multipathd makes it. */
    static Optional<Path> multipath(String disk) {
        for (Path holder : Session.entries(BLOCK.resolve(disk).resolve("holders"))) {
            if (text(holder.resolve("dm/uuid")).startsWith("mpath-")) {
                return Optional.of(Path.of("/dev/mapper", text(holder.resolve("dm/name"))));
            }
        }
        return Optional.empty();
    }

    /** What the disk calls itself, which it keeps under every name of the kernel's; empty where it says nothing of the kind. */
    static Optional<String> identity(String disk) {
        String identity = text(BLOCK.resolve(disk).resolve("device/wwid"));
        return identity.isEmpty() ? Optional.empty() : Optional.of(identity);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
