package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of one RBD pool (rbd(8)). Names are such as {@link #isSafe} allows. */
final class Rbd {
    /** Stated, so that it is not what somebody set for the whole cluster: snapshots, sharing and counting need them. */
    private static final String FEATURES = "layering,exclusive-lock,object-map,fast-diff,deep-flatten";

    private final CephCommands commands;
    private final CurrentAccess access;

    Rbd(CephCommands commands, CurrentAccess access) {
        this.commands = commands;
        this.access = access;
    }

    /** Whether the tools take the name for one: librbd lets others use what separates its parts. */
    static boolean isSafe(String name) {
        return name.indexOf('/') < 0 && name.indexOf('@') < 0;
    }

    private String spec(String image) {
        return access.address().pool() + "/" + image;
    }

    /** The names of all images, also of such as were removed half. */
    List<String> names(Duration patience) {
        return texts(commands.ask(
                patience, "rbd", "ls", "--format", "json", access.address().pool()));
    }

    List<String> names() {
        return names(CephCommands.USUAL);
    }

    private static List<String> texts(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(entry -> all.add(entry.asText()));
        return all;
    }

    Optional<RbdImage> find(String image) {
        try {
            JsonNode info = commands.ask(CephCommands.USUAL, "rbd", "info", "--format", "json", spec(image));
            return Optional.of(new RbdImage(
                    info.path("id").asText(),
                    info.path("size").asLong(),
                    info.has("parent"),
                    texts(info.path("features")).contains("fast-diff")));
        } catch (StorageException e) {
            return absent(e);
        }
    }

    private static <T> Optional<T> absent(StorageException e) {
        requireAbsent(e);
        return Optional.empty();
    }

    private static void requireAbsent(StorageException e) {
        if (e.reason() != Reason.NOT_FOUND) {
            throw e;
        }
    }

    /** What the image and its snapshots take, in bytes; what it shares with its parent is not counted. */
    long usedBytes(String image) {
        long bytes = 0;
        for (JsonNode part : commands.ask(CephCommands.USUAL, "rbd", "du", "--format", "json", spec(image))
                .path("images")) {
            bytes += part.path("used_size").asLong();
        }
        return bytes;
    }

    /** What was written between each snapshot and the one before it, in bytes by its name. */
    Map<String, Long> usedBySnapshots(String image) {
        Map<String, Long> bytes = new HashMap<>();
        for (JsonNode part : commands.ask(CephCommands.USUAL, "rbd", "du", "--format", "json", spec(image))
                .path("images")) {
            if (part.has("snapshot")) {
                bytes.put(part.path("snapshot").asText(), part.path("used_size").asLong());
            }
        }
        return bytes;
    }

    void create(String image, long bytes, Preallocation preallocation) {
        String[] thick = preallocation == Preallocation.FULL ? new String[] {"--thick-provision"} : new String[0];
        commands.run(
                preallocation == Preallocation.FULL ? CephCommands.COPY : CephCommands.USUAL,
                "rbd",
                with(
                        thick,
                        "create",
                        "--no-progress",
                        "--size",
                        bytes + "B",
                        "--image-feature",
                        FEATURES,
                        spec(image)));
    }

    private static String[] with(String[] more, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Makes an image of a file's bytes. */
    void load(Path file, String image) {
        commands.run(
                CephCommands.COPY,
                "rbd",
                "import",
                "--no-progress",
                "--image-feature",
                FEATURES,
                file.toString(),
                spec(image));
    }

    /** Makes an image that shares its blocks with a protected snapshot. */
    void clone(String parent, String snapshot, String image) {
        commands.run(
                CephCommands.USUAL,
                "rbd",
                "clone",
                "--image-feature",
                FEATURES,
                spec(parent) + "@" + snapshot,
                spec(image));
    }

    /** Makes an image that holds what the other one holds now, and none of its snapshots. */
    void copy(String from, String to) {
        commands.run(
                CephCommands.COPY, "rbd", "cp", "--no-progress", "--image-feature", FEATURES, spec(from), spec(to));
    }

    /** Copies into an image what it shares with its parent. */
    void flatten(String image) {
        commands.run(CephCommands.COPY, "rbd", "flatten", "--no-progress", spec(image));
    }

    /** Grows only: rbd refuses to shrink unless it is told to. */
    void grow(String image, long bytes) {
        commands.run(CephCommands.USUAL, "rbd", "resize", "--no-progress", "--size", bytes + "B", spec(image));
    }

    /** @throws StorageException {@code CONFLICT} when the new name is taken */
    void rename(String from, String to) {
        commands.run(CephCommands.USUAL, "rbd", "rename", spec(from), spec(to));
    }

    /** Removes an image without snapshots, also one that was removed half; success when there is none. */
    void remove(String image) {
        try {
            commands.run(CephCommands.COPY, "rbd", "rm", "--no-progress", spec(image));
        } catch (StorageException e) {
            requireAbsent(e);
        }
    }

    /**
     * Takes a name away from an image that has another one too, or one that leads to none; nothing else of RBD's tools is able
     * to. Success when it is gone.
     */
    void forgetName(String image) {
        try {
            commands.run(CephCommands.USUAL, "rados", "--pool", access.address().pool(), "rm", "rbd_id." + image);
        } catch (StorageException e) {
            requireAbsent(e);
        }
    }

    /** The addresses of those who have the image open for writing. */
    List<String> watchers(String image) {
        List<String> all = new ArrayList<>();
        commands.ask(CephCommands.USUAL, "rbd", "status", "--format", "json", spec(image))
                .path("watchers")
                .forEach(watcher -> all.add(watcher.path("address").asText()));
        return all;
    }

    void setText(String image, String key, String value) {
        commands.run(CephCommands.USUAL, "rbd", "image-meta", "set", spec(image), key, value);
    }

    /** Empty also without the image. */
    Optional<String> text(String image, String key, Duration patience) {
        try {
            return Optional.of(commands.run(patience, "rbd", "image-meta", "get", spec(image), key)
                    .strip());
        } catch (StorageException e) {
            return absent(e);
        }
    }

    /**
     * Where the tools of QEMU find it; see QEMU's block/rbd.c for what is to be escaped.
     *
     * @param image also one with {@code @} and a snapshot behind it
     */
    QemuLocation location(String image) {
        ClusterAccess by = access.now();
        String configuration =
                by.configuration().toString().replace("\\", "\\\\").replace(":", "\\:");
        return new QemuLocation(
                "rbd:" + spec(image) + ":id=" + by.address().user() + ":conf=" + configuration, VolumeFormat.RAW);
    }
}
