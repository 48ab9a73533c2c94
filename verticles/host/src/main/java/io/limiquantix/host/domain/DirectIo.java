package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a disk's file system lets QEMU bypass the page cache (O_DIRECT); tmpfs and some network file systems do not.
 * Java's own option for it is not part of its API, so dd(1) opens the file.
 */
public final class DirectIo {
    private static final Logger LOG = LoggerFactory.getLogger(DirectIo.class);

    private final Tool tool;

    public DirectIo(Tool tool) {
        this.tool = tool;
    }

    public boolean works(DiskSource source) {
        return switch (source) {
            case DiskSource.OfFile(var path) -> opens(path);
            case DiskSource.OfDevice _ -> true;
            // The cache is librbd's own, which keeps to the guest's flushes.
            case DiskSource.OfRbd _ -> false;
        };
    }

    private boolean opens(Path file) {
        try {
            tool.run(CommandLine.of("dd", "if=" + file, "of=/dev/null", "iflag=direct", "count=0", "status=none"));
            return true;
        } catch (ToolException e) {
            LOG.debug("{} is used through the page cache", file, e);
            return false;
        }
    }
}
