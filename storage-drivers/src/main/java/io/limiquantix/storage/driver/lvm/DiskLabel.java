package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The label that makes a disk LVM's: it is written before the group and removed after it, and does not say whose it is. So a file
 * in the pool's folder names the disk for as long as this host is between the two; what a killed process leaves is known by it.
 */
final class DiskLabel {
    private static final String LVM = "LVM2_member";

    private final LvmCommands commands;
    private final Tool tool;
    private final Disk disk;
    private final Path mark;

    /** @param folder the pool's own on this host */
    DiskLabel(LvmCommands commands, Tool tool, Disk disk, Path folder) {
        this.commands = commands;
        this.tool = tool;
        this.disk = disk;
        this.mark = folder.resolve("making-group");
    }

    /** From now on, a label without a group on this disk is this pool's. A disk that nothing tells from others gets no such mark. */
    void announce() {
        try {
            Optional<String> identity = disk.identity();
            if (identity.isPresent()) {
                DurableFiles.write(mark, identity.get().getBytes(StandardCharsets.UTF_8), "rw-------");
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The label has a group, or is gone. */
    void settle() {
        try {
            DurableFiles.delete(mark);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Removes the label of a disk without a group. */
    void remove() {
        commands.change("pvremove", "--yes", commands.disk().toString());
    }

    /**
     * Sees to it that the disk carries nothing.
     *
     * @throws StorageException {@code CONFLICT} when it carries anything but what {@link #removeLeftBehind} removes
     */
    void requireEmptyDisk() {
        removeLeftBehind();
        List<String> types = signatures();
        if (!types.isEmpty()) {
            throw StorageException.conflict("The disk carries data already (" + String.join(", ", types)
                    + ") and is left as it is. If nobody needs that any more, remove it by hand with \"wipefs --all "
                    + commands.disk() + "\" on this host; to use a volume group that is on it, name it.");
        }
    }

    /** Removes a label without a group where this pool was making or removing one. */
    void removeLeftBehind() {
        if (isAnnounced() && signatures().equals(List.of(LVM)) && isWithoutGroup()) {
            // Twice forced: vgcreate may have got as far as to say on the label that it is used.
            commands.change("pvremove", "--yes", "-ff", commands.disk().toString());
        }
    }

    private List<String> signatures() {
        String disk = commands.disk().toString();
        try {
            return tool.run(CommandLine.of("wipefs", "--noheadings", "--output", "TYPE", disk))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (ToolException e) {
            throw new StorageException(
                    StorageException.Reason.FAILED, "The disk cannot be read: " + e.getMessage(), Map.of(), e);
        }
    }

    private boolean isAnnounced() {
        try {
            return Files.exists(mark) && disk.identity().equals(Optional.of(Files.readString(mark)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A label that has no room for a group's description would say nothing of the group either. */
    private boolean isWithoutGroup() {
        List<JsonNode> labels = commands.report("pvs", "vg_name,pv_mda_used_count", "--foreign", "--shared");
        return labels.size() == 1
                && labels.getFirst().path("vg_name").asText().isEmpty()
                && labels.getFirst().path("pv_mda_used_count").asInt() > 0;
    }

    private StorageException unusable(IOException e) {
        return StorageException.of("The file " + mark + " of this host cannot be used", e);
    }
}
