package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mount of one export (mount(8), nfs(5)). Nothing here looks into the mounted directory, so nothing here can hang on it. */
final class NfsMount {
    private static final System.Logger LOG = System.getLogger(NfsMount.class.getName());
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOUNT_POINT_FIELD = 4;

    private final Tool tool;
    private final Path point;
    private volatile NfsExport export;

    NfsMount(Tool tool, NfsExport export, Path point) {
        this.tool = tool;
        this.export = export;
        this.point = point;
    }

    Path point() {
        return point;
    }

    /**
     * Mounts it unless it is mounted.
     *
     * @throws StorageException {@code FAILED} with the server's or the kernel's reason
     */
    void ensure() {
        Optional<String> there = mountedSource();
        if (there.filter(export.source()::equals).isPresent()) {
            return;
        }
        if (there.isPresent()) {
            throw StorageException.conflict(point + " has " + there.get() + " mounted; unmount it on this host.");
        }
        try {
            tool.run(CommandLine.of("mount", "-t", "nfs", "-o", export.options(), "--", export.source())
                    .with(point.toString())
                    .within(PATIENCE));
        } catch (ToolException e) {
            throw cannotBeMounted(e);
        }
    }

    /**
     * Goes on with the same export, mounted in another way. That one is mounted before this one is unmounted, and takes its place
     * without the server.
     *
     * @param other mounted somewhere else now; is at this place afterwards, or nowhere
     * @throws StorageException {@code CONFLICT} while somebody has a file open here; then nothing has changed
     */
    void replaceBy(NfsMount other) {
        try {
            tool.run(CommandLine.of("umount", "--", point.toString()).within(PATIENCE));
        } catch (ToolException e) {
            throw new StorageException(
                    Reason.CONFLICT,
                    "Files of the pool are in use on this host, so its export cannot be mounted in another way now ("
                            + lastLine(e) + "). Shut down the VMs there that have a disk in the pool, or move them to"
                            + " another host, and try again.",
                    Map.of(),
                    e);
        }
        export = other.export;
        try {
            tool.run(CommandLine.of("mount", "--bind", "--", other.point.toString())
                    .with(point.toString())
                    .within(PATIENCE));
        } catch (ToolException e) {
            LOG.log(System.Logger.Level.WARNING, () -> point + " is mounted by the server: " + e.getMessage());
            ensure();
        }
        other.end();
    }

    /** The same place, for other settings, as long as nothing is mounted. */
    void use(NfsExport other) {
        export = other;
    }

    boolean isMounted() {
        return mountedSource().isPresent();
    }

    NfsExport export() {
        return export;
    }

    private StorageException cannotBeMounted(ToolException e) {
        String why = e.kind() == ToolException.Kind.KILLED
                ? "the server did not answer within " + PATIENCE.toSeconds() + " s"
                : lastLine(e);
        return new StorageException(
                Reason.FAILED, "The export " + export.source() + " cannot be mounted: " + why + ".", Map.of(), e);
    }

    private static String lastLine(ToolException e) {
        String said = e.errorOutput().strip();
        return said.isEmpty()
                ? String.valueOf(e.getMessage())
                : said.lines().reduce(said, (a, b) -> b).replaceFirst("\\.$", "");
    }

    /** Takes away a mount whose files are gone, whoever still has some of them open, and mounts anew. */
    void renew() {
        LOG.log(System.Logger.Level.WARNING, "{0} has stale files and is mounted anew", point);
        unmount(List.of("umount", "--lazy", "--force"));
        ensure();
    }

    /** Leaves it mounted where a domain still uses it. */
    void end() {
        if (mountedSource().isPresent()) {
            unmount(List.of("umount"));
        }
    }

    private void unmount(List<String> command) {
        try {
            tool.run(CommandLine.of(command.toArray(String[]::new))
                    .with("--", point.toString())
                    .within(PATIENCE));
        } catch (ToolException e) {
            LOG.log(System.Logger.Level.WARNING, () -> point + " stays mounted: " + e.getMessage());
        }
    }

    private Optional<String> mountedSource() {
        try {
            return Files.readAllLines(MOUNTS).stream()
                    .filter(line ->
                            unescaped(line.split(" ", -1)[MOUNT_POINT_FIELD]).equals(point.toString()))
                    .map(line -> line.substring(line.indexOf(" - ") + 3).split(" ", -1)[1])
                    .map(NfsMount::unescaped)
                    .reduce((covered, top) -> top);
        } catch (IOException e) {
            throw StorageException.of("The mounts of this host cannot be read", e);
        }
    }

    /** See proc(5): what would break the table apart is written as octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
