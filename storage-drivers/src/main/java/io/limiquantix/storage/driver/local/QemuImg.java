package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** qemu-img(1), with every format stated. */
final class QemuImg {
    private static final Duration COPY_TIMEOUT = Duration.ofHours(6);
    /** As QEMU's block/file-posix.c says it; "lock" alone is also in each "block". */
    private static final Pattern LOCKED =
            Pattern.compile("Failed to get (shared )?\"[^\"]+\" lock|Is another process using the image");

    private final Tool tool;

    QemuImg(Tool tool) {
        this.tool = tool;
    }

    void create(Path file, VolumeFormat format, long bytes) {
        run(CommandLine.of("qemu-img", "create", "-q", "-f", format.label(), file.toString(), Long.toString(bytes)));
    }

    /** A qcow2 file whose unwritten blocks are those of {@code backing}, a path relative to the file's folder. */
    void createOn(Path file, String backing, VolumeFormat backingFormat, long bytes) {
        run(CommandLine.of("qemu-img", "create", "-q", "-f", VolumeFormat.QCOW2.label())
                .with("-F", backingFormat.label(), "-b", backing)
                .with(file.toString(), Long.toString(bytes)));
    }

    void copy(Path from, VolumeFormat fromFormat, Path to, VolumeFormat toFormat) {
        run(CommandLine.of("qemu-img", "convert", "-q", "-f", fromFormat.label(), "-O", toFormat.label())
                .with(from.toString(), to.toString())
                .within(COPY_TIMEOUT));
    }

    /** Grows only: qemu-img refuses to shrink unless it is told to. */
    void resize(Path file, VolumeFormat format, long bytes) {
        run(CommandLine.of("qemu-img", "resize", "-q", "-f", format.label(), file.toString(), Long.toString(bytes)));
    }

    private void run(CommandLine command) {
        try {
            tool.run(command);
        } catch (ToolException e) {
            String said = String.valueOf(e.getMessage());
            if (LOCKED.matcher(e.errorOutput()).find()) {
                throw new StorageException(
                        Reason.CONFLICT, "The volume is in use by a running domain: " + said, Map.of(), e);
            }
            Reason reason = e.kind() == ToolException.Kind.KILLED
                    ? Reason.TIMEOUT
                    : StorageException.saysFull(e.errorOutput()) ? Reason.NO_SPACE : Reason.FAILED;
            throw new StorageException(reason, said, Map.of(), e);
        }
    }
}
