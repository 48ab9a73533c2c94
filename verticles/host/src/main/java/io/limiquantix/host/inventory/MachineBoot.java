package io.limiquantix.host.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which boot of the machine this is; random(4). */
public final class MachineBoot {
    /** Where the kernel says it. */
    public static final Path USUAL = Path.of("/proc/sys/kernel/random/boot_id");

    private static final Logger LOG = LoggerFactory.getLogger(MachineBoot.class);

    private MachineBoot() {}

    /** Absent where it cannot be read. */
    public static @Nullable String id(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            LOG.warn(
                    "which boot of the machine this is cannot be read from {}, so no guest is started with it",
                    file,
                    e);
            return null;
        }
    }
}
