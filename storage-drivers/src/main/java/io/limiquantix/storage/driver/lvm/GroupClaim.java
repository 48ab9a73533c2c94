package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.UUID;

/**
 * Makes a volume group the pool's and this host's. Thin pools are written by one host at a time: the host's system id in the group
 * keeps every other host's LVM from it, ours and the administrator's, until it is given up (lvmsystemid(7)).
 */
final class GroupClaim {
    private static final String POOL = "limiquantix.pool";
    private static final String FIELDS =
            "vg_name,vg_tags,vg_systemid,vg_extent_size,vg_missing_pv_count,vg_autoactivation";

    private final LvmCommands commands;
    private final DiskLabel label;
    private final UUID poolId;
    private final GroupChoice choice;
    private boolean made;

    GroupClaim(LvmCommands commands, DiskLabel label, UUID poolId, GroupChoice choice) {
        this.commands = commands;
        this.label = label;
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
        label.settle();
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
        label.requireEmptyDisk();
        label.announce();
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

    private void check(JsonNode found) {
        String there = found.path("vg_name").asText();
        if (!there.equals(name())) {
            throw StorageException.conflict("The disk carries the volume group " + there + owner(found)
                    + ", which is left as it is. " + wayOut(found));
        }
        if (found.path("vg_missing_pv_count").asInt() > 0) {
            throw StorageException.invalid(
                    "settings." + GroupChoice.GROUP,
                    "The volume group " + there + " spans several disks; a pool has one on a single disk.");
        }
        String pool = tag(found);
        if (!pool.isEmpty() && !pool.equals(poolId.toString())) {
            throw StorageException.conflict("The volume group " + there + owner(found)
                    + " and is left as it is. If there is no such pool any more: "
                    + new ByHand(found).unmark(POOL + "=" + pool));
        }
        String host = found.path("vg_systemid").asText();
        if (!host.isEmpty() && !host.equals(commands.host())) {
            throw StorageException.conflict("Another host uses the volume group " + there + " (its system id is " + host
                    + "), and one host at a time can. Take that host from the pool first; if it is dead for good, see "
                    + "\"iscsi\" in docs/storage-drivers.md.");
        }
    }

    /** What a person can do about a group that is in the way; one of ours cannot be named in settings. */
    private String wayOut(JsonNode found) {
        if (!found.path("vg_name").asText().startsWith(OwnName.PREFIX)) {
            return "To use it, name it in the pool's settings.";
        }
        return "If there is no such pool any more and nobody needs what it holds: "
                + new ByHand(found).remove(commands);
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
            commands.change("vgchange", "--yes", "--addtag", POOL + "=" + poolId, name());
        }
        if (!found.path("vg_autoactivation").asText().isEmpty()) {
            commands.change("vgchange", "--yes", "--setautoactivation", "n", name());
        }
    }

    /** Lets another host have it. Nothing of it may be active here. */
    void giveUp() {
        commands.change("vgchange", "--yes", "--systemid", "", name());
    }

    /** Whether the group is still there after a removal that failed. */
    boolean isThere() {
        return commands.report("vgs", "vg_name", "--foreign").stream()
                .anyMatch(each -> each.path("vg_name").asText().equals(name()));
    }

    /** Gives the disk back: empty, or for a group that was there before, without the pool's mark. */
    void remove() {
        if (choice.adopted().isPresent()) {
            commands.change("vgchange", "--yes", "--deltag", POOL + "=" + poolId, name());
            giveUp();
        } else {
            label.announce();
            commands.change("vgremove", "--yes", name());
            label.remove();
            label.settle();
        }
    }

    /** Ends a removal that failed when the group was gone. */
    void endRemoval() {
        label.removeLeftBehind();
        label.settle();
    }
}
