package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.util.List;
import java.util.UUID;

/**
 * Makes a volume group the pool's and this host's. Thin pools are written by one host at a time: the host's system id in the group
 * keeps every other host's LVM from it, ours and the administrator's, until it is given up (lvmsystemid(7)).
 */
final class GroupClaim {
    private static final String POOL = "limiquantix.pool";
    private static final String FIELDS = "vg_name,vg_tags,vg_systemid,vg_extent_size,vg_missing_pv_count";

    private final LvmCommands commands;
    private final Tool tool;
    private final UUID poolId;
    private final GroupChoice choice;
    private boolean made;

    GroupClaim(LvmCommands commands, Tool tool, UUID poolId, GroupChoice choice) {
        this.commands = commands;
        this.tool = tool;
        this.poolId = poolId;
        this.choice = choice;
    }

    /**
     * Finds the group or makes it.
     *
     * @throws StorageException {@code CONFLICT} when the disk carries something else, or another pool or host has the group,
     *     {@code INVALID} when the group that was named is not there or not whole
     */
    VolumeGroup take() {
        List<JsonNode> onDisk = commands.report("vgs", FIELDS, "--foreign");
        if (onDisk.isEmpty()) {
            make();
            onDisk = commands.report("vgs", FIELDS);
        }
        JsonNode found = onDisk.getFirst();
        check(found);
        claim(found);
        return new VolumeGroup(
                commands,
                name(),
                choice.thinPool(),
                found.path("vg_extent_size").asLong());
    }

    private String name() {
        return choice.groupOf(poolId);
    }

    private void make() {
        choice.adopted().ifPresent(missing -> {
            throw StorageException.invalid(
                    "settings." + GroupChoice.GROUP,
                    "There is no volume group " + missing + " on the disk " + commands.disk() + ".");
        });
        refuseData();
        // What is made for one host must not be started by all that see the disk, when they boot.
        commands.change(
                "vgcreate",
                "--addtag",
                POOL + "=" + poolId,
                "--setautoactivation",
                "n",
                name(),
                commands.disk().toString());
        made = true;
    }

    /** Whether {@link #take} made the group just now. */
    boolean isNew() {
        return made;
    }

    private void refuseData() {
        String disk = commands.disk().toString();
        try {
            String types = tool.run(CommandLine.of("wipefs", "--noheadings", "--output", "TYPE", disk))
                    .strip();
            if (!types.isEmpty()) {
                throw StorageException.conflict("The disk carries data already ("
                        + String.join(", ", types.lines().map(String::strip).toList())
                        + ") and is left as it is. If nobody needs that any more, remove it by hand with \"wipefs --all "
                        + disk + "\" on this host; to use a volume group that is on it, name it.");
            }
        } catch (ToolException e) {
            throw new StorageException(
                    StorageException.Reason.FAILED,
                    "The disk cannot be read: " + e.getMessage(),
                    java.util.Map.of(),
                    e);
        }
    }

    private void check(JsonNode found) {
        String there = found.path("vg_name").asText();
        if (!there.equals(name())) {
            throw StorageException.conflict("The disk carries the volume group " + there + owner(found)
                    + ", which is left as it is. To use it, name it in the pool's settings.");
        }
        if (found.path("vg_missing_pv_count").asInt() > 0) {
            throw StorageException.invalid(
                    "settings." + GroupChoice.GROUP,
                    "The volume group " + there + " spans several disks; a pool has one on a single disk.");
        }
        String pool = tag(found);
        if (!pool.isEmpty() && !pool.equals(poolId.toString())) {
            throw StorageException.conflict("The volume group " + there + owner(found) + ".");
        }
        String host = found.path("vg_systemid").asText();
        if (!host.isEmpty() && !host.equals(commands.host())) {
            throw StorageException.conflict("Another host uses the volume group " + there + " (its system id is " + host
                    + "), and one host at a time can. Take that host from the pool first; if it is dead for good, see "
                    + "\"iscsi\" in docs/storage-drivers.md.");
        }
    }

    private static String owner(JsonNode found) {
        String pool = tag(found);
        return pool.isEmpty() ? "" : " of the pool " + pool;
    }

    private static String tag(JsonNode found) {
        for (String tag : found.path("vg_tags").asText().split(",", -1)) {
            if (tag.startsWith(POOL + "=")) {
                return tag.substring(POOL.length() + 1);
            }
        }
        return "";
    }

    private void claim(JsonNode found) {
        if (found.path("vg_systemid").asText().isEmpty()) {
            commands.change("vgchange", "--yes", "--systemid", commands.host(), name());
        }
        if (tag(found).isEmpty()) {
            commands.change("vgchange", "--yes", "--setautoactivation", "n", "--addtag", POOL + "=" + poolId, name());
        }
    }

    /** Lets another host have it. Nothing of it may be active here. */
    void giveUp() {
        commands.change("vgchange", "--yes", "--systemid", "", name());
    }

    /** Gives the disk back: empty, or for a group that was there before, without the pool's mark. */
    void remove() {
        if (choice.adopted().isPresent()) {
            commands.change("vgchange", "--yes", "--deltag", POOL + "=" + poolId, name());
            giveUp();
        } else {
            commands.change("vgremove", "--yes", name());
            commands.change("pvremove", "--yes", commands.disk().toString());
        }
    }
}
