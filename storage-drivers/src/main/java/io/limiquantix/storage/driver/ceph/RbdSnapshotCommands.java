package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The snapshots of the images of one RBD pool ({@code rbd snap}). */
final class RbdSnapshotCommands {
    private final CephCommands commands;
    private final String pool;

    RbdSnapshotCommands(CephCommands commands, String pool) {
        this.commands = commands;
        this.pool = pool;
    }

    private String spec(String image, String snapshot) {
        return pool + "/" + image + "@" + snapshot;
    }

    /** Oldest first; none without the image. */
    List<RbdSnapshot> list(String image) {
        JsonNode answer;
        try {
            answer = commands.ask(CephCommands.USUAL, "rbd", "snap", "ls", "--format", "json", pool + "/" + image);
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
        List<JsonNode> entries = new ArrayList<>();
        answer.forEach(entries::add);
        // The cluster counts its snapshots.
        entries.sort(Comparator.comparingLong(entry -> entry.path("id").asLong()));
        return entries.stream()
                .map(entry -> new RbdSnapshot(
                        entry.path("name").asText(),
                        entry.path("size").asLong(),
                        entry.path("protected").asBoolean()))
                .toList();
    }

    void create(String image, String snapshot) {
        commands.run(CephCommands.USUAL, "rbd", "snap", "create", "--no-progress", spec(image, snapshot));
    }

    /** Keeps the snapshot from removal; only then it can be cloned. */
    void protect(String image, String snapshot) {
        commands.run(CephCommands.USUAL, "rbd", "snap", "protect", spec(image, snapshot));
    }

    /** @throws StorageException {@code CONFLICT} while there are clones */
    void unprotect(String image, String snapshot) {
        commands.run(CephCommands.USUAL, "rbd", "snap", "unprotect", spec(image, snapshot));
    }

    void remove(String image, String snapshot) {
        commands.run(CephCommands.COPY, "rbd", "snap", "rm", "--no-progress", spec(image, snapshot));
    }

    /** Brings contents and size of the image back to the snapshot's. RBD does it also under the hands of a domain. */
    void rollBack(String image, String snapshot) {
        commands.run(CephCommands.COPY, "rbd", "snap", "rollback", "--no-progress", spec(image, snapshot));
    }

    /** The names of the images that share blocks with any snapshot of the image; none without it. */
    List<String> clones(String image) {
        return clonesOf(pool + "/" + image);
    }

    List<String> clones(String image, String snapshot) {
        return clonesOf(spec(image, snapshot));
    }

    private List<String> clonesOf(String parent) {
        List<String> names = new ArrayList<>();
        commands.ask(CephCommands.USUAL, "rbd", "children", "--all", "--format", "json", parent)
                .forEach(child -> names.add(child.path("image").asText()));
        return names;
    }
}
