package io.limiquantix.host.statistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was measured of this host and its guests, in memory and in a folder. Safe for any thread. */
final class NumberStore {
    private static final Logger LOG = LoggerFactory.getLogger(NumberStore.class);
    private static final String HOST = "host";
    private static final Pattern FILE = Pattern.compile("([0-9a-f-]{36})\\.(minutes|quarters)");
    /** A guest is gone when this many measurements in a row did not find it, as one that is being defined anew is for a moment. */
    private static final int GONE_AFTER = 12;

    private final Path folder;
    private final Map<String, SubjectNumbers> subjects = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> missing = new ConcurrentHashMap<>();
    private final AtomicBoolean failing = new AtomicBoolean();

    private NumberStore(Path folder) {
        this.folder = folder;
    }

    /** @throws UncheckedIOException when the folder cannot be made or read */
    static NumberStore in(Path folder) {
        try {
            Files.createDirectories(folder);
            NumberStore store = new NumberStore(folder);
            for (UUID left : store.onDisk()) {
                store.missing.put(left, 0);
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " of what is measured cannot be used.", e);
        }
    }

    private Set<UUID> onDisk() throws IOException {
        Set<UUID> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                var matcher = FILE.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    found.add(UUID.fromString(matcher.group(1)));
                }
            });
        }
        return found;
    }

    /** @param vmId absent: the host itself */
    void note(@Nullable UUID vmId, long second, Map<String, Double> current) {
        subject(vmId).note(second, current);
    }

    /** @param vmId absent: the host itself */
    Columns read(@Nullable UUID vmId, Window window) {
        boolean known = vmId == null || subjects.containsKey(name(vmId)) || missing.containsKey(vmId);
        return known ? subject(vmId).read(window) : new Columns(window.count());
    }

    /** Takes what another host measured of a guest, where it has nothing of its own. */
    void fill(UUID vmId, Window.Level level, long first, Columns others) {
        subject(vmId).fill(level, first, others);
    }

    private SubjectNumbers subject(@Nullable UUID vmId) {
        return subjects.computeIfAbsent(name(vmId), name -> {
            try {
                return new SubjectNumbers(new KeptNumbers(folder, name));
            } catch (IOException e) {
                throw new UncheckedIOException("What was measured cannot be read from this host's disk.", e);
            }
        });
    }

    private static String name(@Nullable UUID vmId) {
        return vmId == null ? HOST : vmId.toString();
    }

    /** Puts into the files what is over; one that cannot be written is tried again the next time. */
    void keepUntil(long second) {
        int failed = 0;
        for (Map.Entry<String, SubjectNumbers> subject : subjects.entrySet()) {
            try {
                subject.getValue().keepUntil(second);
            } catch (IOException e) {
                if (failed++ == 0 && failing.compareAndSet(false, true)) {
                    LOG.warn(
                            "what was measured cannot be kept in {}; it stays in memory for an hour and is tried again",
                            folder,
                            e);
                }
            }
        }
        if (failed == 0) {
            failing.set(false);
        }
    }

    /** Forgets guests that are not on this host any more. */
    void keepOnly(Set<UUID> present) {
        subjects.keySet().stream()
                .filter(name -> !name.equals(HOST))
                .forEach(name -> missing.putIfAbsent(UUID.fromString(name), 0));
        present.forEach(missing::remove);
        missing.replaceAll((vmId, times) -> times + 1);
        missing.entrySet().removeIf(entry -> entry.getValue() >= GONE_AFTER && forget(entry.getKey()));
    }

    private boolean forget(UUID vmId) {
        try {
            subject(vmId).delete();
            subjects.remove(name(vmId));
            return true;
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the numbers of the guest {}, which is gone, cannot be deleted yet", vmId, e);
            return false;
        }
    }
}
