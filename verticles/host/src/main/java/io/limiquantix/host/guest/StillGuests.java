package io.limiquantix.host.guest;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.runtime.time.Chore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps guests still for a moment. That one is being kept so is noted in a file before it is and until it is not: whoever finds the
 * note of a process that ended lets the guest go on.
 */
public final class StillGuests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StillGuests.class);
    /** What letting go on may take; the snapshot's own time may be over by then. */
    private static final Duration GOING_ON = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final String FROZEN = ".frozen";
    private static final String PAUSED = ".paused";

    private final Path folder;
    private final Domains domains;
    private final FileSystemFreeze freeze;
    private final Clock clock;
    private final Set<UUID> mine = ConcurrentHashMap.newKeySet();
    private final Deque<Chore> chores = new ArrayDeque<>();

    /** @param folder of the notes, which is made */
    public StillGuests(Path folder, Domains domains, FileSystemFreeze freeze, Clock clock) {
        this.folder = folder;
        this.domains = domains;
        this.freeze = freeze;
        this.clock = clock;
        written(() -> Files.createDirectories(folder));
    }

    /** Looks for guests that somebody left still, from now on. */
    public void start() {
        chores.add(Chore.every(LOOK_EVERY, "still-guests", this::letGoOn));
    }

    @Override
    public void close() {
        chores.forEach(Chore::close);
    }

    /** What was done while the guest was still. */
    public record Moment<T>(T made, Stillness stillness) {}

    /**
     * Does the work while the guest is still, and lets it go on whatever comes of it.
     *
     * @param quiesce whether its agent is asked to freeze its file systems; where it does not, the work is done all the same
     * @param pause whether its processors are to stand still: the work is more than one step
     */
    public <T> Moment<T> during(UUID vmId, boolean quiesce, boolean pause, Instant deadline, Supplier<T> work) {
        mine.add(vmId);
        try {
            return quiesce
                    ? frozen(vmId, pause, deadline, work)
                    : new Moment<>(paused(vmId, pause, deadline, work), Stillness.RUNNING);
        } finally {
            mine.remove(vmId);
        }
    }

    private <T> Moment<T> frozen(UUID vmId, boolean pause, Instant deadline, Supplier<T> work) {
        if (!freeze.answers(vmId, deadline)) {
            return new Moment<>(paused(vmId, pause, deadline, work), Stillness.RUNNING);
        }
        note(vmId, FROZEN);
        try {
            boolean frozen = freeze.freeze(vmId, deadline);
            T made = paused(vmId, pause, deadline, work);
            return new Moment<>(made, frozen ? Stillness.QUIESCED : Stillness.RUNNING);
        } finally {
            if (!thaw(vmId)) {
                LOG.warn(
                        "the agent of {} does not say that no file system is frozen any more; it is asked again", vmId);
            }
        }
    }

    private <T> T paused(UUID vmId, boolean pause, Instant deadline, Supplier<T> work) {
        if (!pause || domains.get(vmId, deadline).state() != PowerState.RUNNING) {
            return work.get();
        }
        note(vmId, PAUSED);
        try {
            domains.pause(vmId, deadline);
            return work.get();
        } finally {
            resume(vmId);
        }
    }

    /** Lets those go on that a process before this one kept still, and those that could not be reached before. */
    void letGoOn() {
        for (Path note : notes()) {
            String name = note.getFileName().toString();
            UUID vmId = UUID.fromString(name.substring(0, name.indexOf('.')));
            if (mine.contains(vmId)) {
                continue;
            }
            if (name.endsWith(PAUSED)) {
                resume(vmId);
            } else {
                thaw(vmId);
            }
        }
    }

    private boolean thaw(UUID vmId) {
        boolean over = freeze.thaw(vmId, end()) || hasEnded(vmId);
        if (over) {
            forget(vmId, FROZEN);
        }
        return over;
    }

    private void resume(UUID vmId) {
        try {
            domains.resume(vmId, end());
            forget(vmId, PAUSED);
        } catch (FailureException e) {
            if (hasEnded(vmId)) {
                forget(vmId, PAUSED);
            } else {
                LOG.error("{} could not be resumed after a snapshot, which is tried again: {}", vmId, e.getMessage());
            }
        }
    }

    private boolean hasEnded(UUID vmId) {
        try {
            PowerState state = domains.get(vmId, end()).state();
            return state != PowerState.RUNNING && state != PowerState.PAUSED && state != PowerState.UNKNOWN;
        } catch (FailureException e) {
            return e.code() == FailureCode.NOT_FOUND;
        }
    }

    private Instant end() {
        return clock.instant().plus(GOING_ON);
    }

    private void note(UUID vmId, String how) {
        written(() -> Files.writeString(folder.resolve(vmId + how), ""));
    }

    private void forget(UUID vmId, String how) {
        written(() -> Files.deleteIfExists(folder.resolve(vmId + how)));
    }

    private List<Path> notes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Writing<T> {
        T write() throws IOException;
    }

    private static <T> void written(Writing<T> writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
