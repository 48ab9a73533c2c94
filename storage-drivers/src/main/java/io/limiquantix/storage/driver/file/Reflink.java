package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Copies that share their blocks until one side writes, as XFS and btrfs have them; {@code cp --reflink} of coreutils. */
final class Reflink {
    /** ioctl_ficlonerange(2): EOPNOTSUPP, or ENOTTY of a file system that knows no such request, in the C locale. */
    private static final Set<String> NEVER = Set.of("Operation not supported", "Inappropriate ioctl for device");

    private final Tool tool;
    /** Known once it was tried: a file system does not learn it while it is in use. */
    private volatile boolean impossible;

    Reflink(Tool tool) {
        this.tool = tool;
    }

    /** Answers false, leaving nothing behind, where the file system cannot. */
    boolean copy(Path from, Path to) throws IOException {
        if (impossible) {
            return false;
        }
        try {
            tool.run(CommandLine.of("cp", "--reflink=always", "--", from.toString(), to.toString()));
            return true;
        } catch (ToolException e) {
            if (e.kind() != ToolException.Kind.FAILED) {
                throw e;
            }
            impossible = NEVER.stream().anyMatch(e.errorOutput()::contains);
            Files.deleteIfExists(to);
            return false;
        }
    }

    /** Tries it with a file of one block. */
    boolean worksIn(Path folder) {
        Path from = folder.resolve("reflink-probe" + DurableFiles.UNFINISHED);
        Path to = folder.resolve("reflink-probe-copy" + DurableFiles.UNFINISHED);
        try {
            Files.write(from, new byte[1 << 16]);
            boolean works = copy(from, to);
            Files.deleteIfExists(from);
            Files.deleteIfExists(to);
            return works;
        } catch (IOException e) {
            // A full or broken file system cannot clone now; what is wrong with it shows in the operation that matters.
            return false;
        }
    }
}
