package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What open-iscsi remembers of a target at a portal. Its file is edited, since iscsiadm takes values as arguments, where any user
 * of the host could read the password; see the README of open-iscsi.
 */
final class NodeRecord {
    /** Debian's, and that of others. */
    private static final List<Path> FOLDERS = List.of(Path.of("/etc/iscsi/nodes"), Path.of("/var/lib/iscsi/nodes"));

    private static final String MODE = "rw-------";
    /** Of open-iscsi: a guest waits so long for a path that is cut before its disk fails; where there is another, it is taken. */
    private static final String ONLY_PATH_SECONDS = "120";

    private static final String ONE_OF_PATHS_SECONDS = "5";

    private final IscsiTarget target;
    private final Portal portal;

    NodeRecord(IscsiTarget target, Portal portal) {
        this.target = target;
        this.portal = portal;
    }

    /** Writes into the record that iscsiadm made what this pool wants. */
    void fill() {
        try {
            fill(found().orElseThrow(() -> new IOException("iscsiadm made no record of it in " + FOLDERS)));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The same where there is a record, from which open-iscsi's daemon learns when it starts again. */
    void refill() {
        try {
            Optional<Path> file = found();
            if (file.isPresent()) {
                fill(file.get());
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void fill(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        Map<String, String> wanted = values();
        for (String line : Files.readAllLines(file)) {
            String key = line.split("=", 2)[0].strip();
            boolean isEnd = line.startsWith("# END");
            if (isEnd) {
                wanted.forEach((name, value) -> lines.add(name + " = " + value));
            }
            if (!values().containsKey(key) && !key.startsWith("node.session.auth.")) {
                lines.add(line);
            }
        }
        DurableFiles.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII), MODE);
    }

    private StorageException unwritable(IOException e) {
        return StorageException.of("open-iscsi's record of the target " + target.name() + " cannot be written", e);
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        // The pool's host logs in when it opens the pool, no other when it boots.
        values.put("node.startup", "manual");
        values.put(
                "node.session.timeo.replacement_timeout",
                target.portals().size() > 1 ? ONE_OF_PATHS_SECONDS : ONLY_PATH_SECONDS);
        values.put("node.session.initial_login_retry_max", "1");
        values.put("node.conn[0].timeo.login_timeout", "10");
        values.put("node.session.auth.authmethod", target.chap().isPresent() ? "CHAP" : "None");
        target.chap().ifPresent(chap -> {
            values.put("node.session.auth.username", chap.user());
            values.put("node.session.auth.password", chap.password());
        });
        target.mutual().ifPresent(chap -> {
            values.put("node.session.auth.username_in", chap.user());
            values.put("node.session.auth.password_in", chap.password());
        });
        return values;
    }

    /** {@code nodes/TARGET/HOST,PORT,GROUP/INTERFACE}, or without the group and the interface where they are not known. */
    private Optional<Path> found() throws IOException {
        String name = portal.host() + "," + portal.port();
        for (Path folder : FOLDERS) {
            for (Path place : Session.entries(folder.resolve(target.name()))) {
                String there = String.valueOf(place.getFileName());
                if (!there.equals(name) && !there.startsWith(name + ",")) {
                    continue;
                }
                if (Files.isRegularFile(place)) {
                    return Optional.of(place);
                }
                try (Stream<Path> interfaces = Files.list(place)) {
                    return interfaces.findFirst();
                }
            }
        }
        return Optional.empty();
    }
}
