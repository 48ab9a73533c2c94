package io.limiquantix.host.migration;

import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which domains are on their way to or from this host, noted on its disk: a host process that was killed in the middle knows them at its
 * next start. Safe for any thread.
 */
public final class MigratingDomains {
    private final Path folder;
    private final Map<UUID, Note> byMigration = new HashMap<>();

    /** Which way a domain goes. */
    public enum Direction {
        ARRIVING,
        LEAVING
    }

    /** A domain that is on its way. */
    public record Note(UUID migrationId, UUID vmId, Direction direction) {}

    private MigratingDomains(Path folder) {
        this.folder = folder;
    }

    /** @param folder is there, and nobody else writes to it */
    public static MigratingDomains in(Path folder) {
        MigratingDomains domains = new MigratingDomains(folder);
        try {
            DurableFiles.sweep(folder, Duration.ZERO);
            for (Path file : filesIn(folder)) {
                Note note = read(file);
                domains.byMigration.put(note.migrationId(), note);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the notes of migrations in " + folder + " cannot be read", e);
        }
        return domains;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Note read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        int space = text.indexOf(' ');
        return new Note(
                UUID.fromString(file.getFileName().toString()),
                UUID.fromString(text.substring(space + 1)),
                Direction.valueOf(text.substring(0, space)));
    }

    /** All that are on their way. */
    public synchronized Stream<Note> all() {
        return byMigration.values().stream().toList().stream();
    }

    public synchronized Optional<Note> find(UUID migrationId) {
        return Optional.ofNullable(byMigration.get(migrationId));
    }

    /** Whether the domain is another host's until it has arrived. */
    public synchronized boolean isArriving(UUID vmId) {
        return byMigration.values().stream()
                .anyMatch(note -> note.vmId().equals(vmId) && note.direction() == Direction.ARRIVING);
    }

    /** The note is on the disk afterwards. */
    synchronized void add(Note note) {
        Path file = folder.resolve(note.migrationId().toString());
        String text = note.direction() + " " + note.vmId() + "\n";
        try {
            DurableFiles.write(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException("a migration cannot be noted in " + folder, e);
        }
        byMigration.put(note.migrationId(), note);
    }

    /** Success when there is none. */
    synchronized void remove(UUID migrationId) {
        try {
            DurableFiles.delete(folder.resolve(migrationId.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the note of a migration cannot be removed from " + folder, e);
        }
        byMigration.remove(migrationId);
    }
}
