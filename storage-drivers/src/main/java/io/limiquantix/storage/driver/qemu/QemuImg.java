package io.limiquantix.storage.driver.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/** qemu-img(1), with every format stated. */
public final class QemuImg {
    private static final Duration COPY_TIMEOUT = Duration.ofHours(6);
    private static final Duration LONGEST_COPY = Duration.ofDays(7);
    /** As QEMU's block/file-posix.c says it; "lock" alone is also in each "block". */
    private static final Pattern LOCKED =
            Pattern.compile("Failed to get (shared )?\"[^\"]+\" lock|Is another process using the image");

    /** See errno(3), ETIMEDOUT: the storage has not answered in time, and may have done what it was asked for. */
    private static final String TIMED_OUT = "Connection timed out";

    private final Tool tool;

    public QemuImg(Tool tool) {
        this.tool = tool;
    }

    public void create(Path file, VolumeFormat format, long bytes, Preallocation preallocation) {
        String how =
                switch (preallocation) {
                    case THIN -> "off";
                    case FULL -> "falloc";
                };
        run(CommandLine.of("qemu-img", "create", "-q", "-f", format.label(), "-o", "preallocation=" + how)
                .with(file.toString(), Long.toString(bytes))
                .within(COPY_TIMEOUT));
    }

    /** A qcow2 file whose unwritten blocks are those of {@code backing}, a path relative to the file's folder. */
    public void createOn(Path file, String backing, VolumeFormat backingFormat, long bytes) {
        run(CommandLine.of("qemu-img", "create", "-q", "-f", VolumeFormat.QCOW2.label())
                .with("-F", backingFormat.label(), "-b", backing)
                .with(file.toString(), Long.toString(bytes)));
    }

    /** Makes a new file with the same contents that needs no other one. */
    public void copy(Path from, VolumeFormat fromFormat, Path to, VolumeFormat toFormat) {
        run(CommandLine.of("qemu-img", "convert", "-q", "-f", fromFormat.label(), "-O", toFormat.label())
                .with(from.toString(), to.toString())
                .within(COPY_TIMEOUT));
    }

    /** Makes a new file with what the snapshot of a qcow2 file holds. */
    public void copySnapshot(Path from, String snapshot, Path to, VolumeFormat toFormat) {
        run(CommandLine.of("qemu-img", "convert", "-q", "-f", VolumeFormat.QCOW2.label())
                .with("-l", "snapshot.name=" + snapshot, "-O", toFormat.label())
                .with(from.toString(), to.toString())
                .within(COPY_TIMEOUT));
    }

    /** Writes into something that is there and large enough; {@code zeroed} says that it reads as zeroes by now. */
    public void copyInto(QemuLocation from, QemuLocation to, boolean zeroed) {
        runInto(to, copying(from, to, zeroed).within(COPY_TIMEOUT));
    }

    /**
     * The same for something that was just made, whose zeroes stay as they are; it may take days. Interrupting the thread ends
     * it.
     *
     * @param percent is told how far it has come, 0 to 100, by another thread
     */
    public void copyInto(QemuLocation from, QemuLocation to, DoubleConsumer percent) {
        runInto(to, copying(from, to, true).telling(new CopyProgress(percent)).within(LONGEST_COPY));
    }

    /**
     * Sees to it that what was written is on the disk: qemu-img ends with success also where the kernel could not write later what
     * it had taken. Whoever had the target open before is told of that.
     */
    private void runInto(QemuLocation to, CommandLine command) {
        if (!to.name().startsWith("/")) {
            run(command);
            return;
        }
        try (FileChannel target = FileChannel.open(Path.of(to.name()), StandardOpenOption.READ)) {
            run(command);
            target.force(true);
        } catch (IOException e) {
            throw StorageException.of("What was copied could not be written", e);
        }
    }

    /** How much of it is not just zeroes, as a new file would hold it, with what it reads from other files. */
    public long dataBytes(QemuLocation from) {
        CommandLine command = CommandLine.of(
                "qemu-img", "measure", "--output=json", "-f", from.format().label());
        if (from.snapshot() != null) {
            command = command.with("-l", "snapshot.name=" + from.snapshot());
        }
        String answer = run(command.with("-O", VolumeFormat.QCOW2.label(), from.name()));
        try {
            return new JsonMapper().readTree(answer).path("required").asLong();
        } catch (JsonProcessingException e) {
            throw StorageException.of("qemu-img answered something else than JSON", e);
        }
    }

    /**
     * Writes a new file that depends on no other; it may take hours. Interrupting the thread ends it.
     *
     * @param percent is told how far it has come, 0 to 100, by another thread
     */
    public void export(QemuLocation from, Path to, VolumeFormat format, DoubleConsumer percent) {
        runExport(exporting(from).with("-O", format.label()), from, to, percent);
    }

    /**
     * The same as VMDK of the subformat streamOptimized, compressed and from its beginning to its end, for a SCSI controller of LSI Logic.
     *
     * @param percent is told how far it has come, 0 to 100, by another thread
     */
    public void exportStreamed(QemuLocation from, Path to, DoubleConsumer percent) {
        String how = "subformat=streamOptimized,adapter_type=lsilogic";
        runExport(exporting(from).with("-O", "vmdk", "-o", how), from, to, percent);
    }

    private static CommandLine exporting(QemuLocation from) {
        CommandLine command =
                CommandLine.of("qemu-img", "convert", "-p", "-f", from.format().label());
        return from.snapshot() == null ? command : command.with("-l", "snapshot.name=" + from.snapshot());
    }

    private void runExport(CommandLine command, QemuLocation from, Path to, DoubleConsumer percent) {
        run(command.with(from.name(), to.toString())
                .telling(new CopyProgress(percent))
                .within(LONGEST_COPY));
    }

    private static CommandLine copying(QemuLocation from, QemuLocation to, boolean zeroed) {
        // A device says at each write whether it has room, unless the kernel takes what is written first.
        String cache = to.name().startsWith("/dev/") ? "none" : "writeback";
        CommandLine command = CommandLine.of("qemu-img", "convert", "-p", "-n", "-t", cache)
                .with("-f", from.format().label(), "-O", to.format().label());
        if (from.snapshot() != null) {
            command = command.with("-l", "snapshot.name=" + from.snapshot());
        }
        return (zeroed ? command.with("--target-is-zero") : command).with(from.name(), to.name());
    }

    /** Grows only: qemu-img refuses to shrink unless it is told to. */
    public void resize(Path file, VolumeFormat format, long bytes) {
        run(CommandLine.of("qemu-img", "resize", "-q", "-f", format.label(), file.toString(), Long.toString(bytes)));
    }

    /** Makes the file smaller; what lies behind its new end is lost. */
    public void cut(Path file, VolumeFormat format, long bytes) {
        run(CommandLine.of("qemu-img", "resize", "-q", "--shrink", "-f", format.label())
                .with(file.toString(), Long.toString(bytes)));
    }

    /** Copies into a qcow2 file what it reads from its backing file, and forgets that. */
    public void standAlone(Path file) {
        run(CommandLine.of("qemu-img", "rebase", "-q", "-f", VolumeFormat.QCOW2.label(), "-b", "", file.toString())
                .within(COPY_TIMEOUT));
    }

    /** Writes what the qcow2 file holds by itself into the qcow2 file that it stands on, which grows with it. */
    public void commit(Path file) {
        run(CommandLine.of("qemu-img", "commit", "-q", "-d", "-f", VolumeFormat.QCOW2.label(), file.toString())
                .within(COPY_TIMEOUT));
    }

    /** Lets the qcow2 file name another one that holds the same as what it stood on. */
    public void standOn(Path file, String backing) {
        String qcow2 = VolumeFormat.QCOW2.label();
        run(CommandLine.of("qemu-img", "rebase", "-q", "-u", "-f", qcow2, "-F", qcow2)
                .with("-b", backing, file.toString()));
    }

    public void createSnapshot(Path file, String name) {
        snapshot("-c", file, name);
    }

    public void revertToSnapshot(Path file, String name) {
        snapshot("-a", file, name);
    }

    public void deleteSnapshot(Path file, String name) {
        snapshot("-d", file, name);
    }

    private void snapshot(String action, Path file, String name) {
        run(CommandLine.of("qemu-img", "snapshot", "-q", action, name)
                .with(
                        "--image-opts",
                        "driver=qcow2,file.driver=file,file.filename="
                                + file.toString().replace(",", ",,"))
                .within(COPY_TIMEOUT));
    }

    private String run(CommandLine command) {
        try {
            return tool.run(command);
        } catch (ToolException e) {
            String said = String.valueOf(e.getMessage());
            if (LOCKED.matcher(e.errorOutput()).find()) {
                throw new StorageException(
                        Reason.CONFLICT, "The volume is in use by a running domain: " + said, Map.of(), e);
            }
            Reason reason =
                    e.kind() == ToolException.Kind.KILLED || e.errorOutput().contains(TIMED_OUT)
                            ? Reason.TIMEOUT
                            : StorageException.saysFull(e.errorOutput()) ? Reason.NO_SPACE : Reason.FAILED;
            throw new StorageException(reason, said, Map.of(), e);
        }
    }
}
