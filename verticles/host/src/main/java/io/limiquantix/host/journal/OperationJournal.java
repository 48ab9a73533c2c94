package io.limiquantix.host.journal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Reply;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what the last operations answered and the newest epoch of each task, on the disk before anybody is told. The
 * oldest are forgotten beyond {@value #MOST} of each. Safe for any thread.
 */
public final class OperationJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationJournal.class);
    static final int MOST = 10_000;
    private static final int REWRITE_AFTER = 4 * MOST;

    private final JournalFile file;
    private final JsonMapper json = new JsonMapper();
    private final Map<UUID, byte[]> replies = bounded();
    private final Map<UUID, Progress> attempts = bounded();
    private final Map<UUID, Long> epochs = bounded();
    private int lines;

    private final int rewriteAfter;

    private OperationJournal(JournalFile file, int rewriteAfter) {
        this.file = file;
        this.rewriteAfter = rewriteAfter;
    }

    public static OperationJournal open(Path path) {
        return open(path, REWRITE_AFTER);
    }

    /** @param rewriteAfter how many lines the file may have before what is forgotten is taken out of it */
    static OperationJournal open(Path path, int rewriteAfter) {
        try {
            JournalFile.Opened opened = JournalFile.open(path);
            OperationJournal journal = new OperationJournal(opened.file(), rewriteAfter);
            for (String line : opened.lines()) {
                journal.learn(journal.json.readValue(line, JournalEntry.class));
            }
            journal.lines = opened.lines().size();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + path + " cannot be opened", e);
        }
    }

    private static <V> Map<UUID, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
                return size() > MOST;
            }
        };
    }

    private void learn(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Operation operation -> {
                replies.put(operation.operationId(), operation.reply());
                attempts.remove(operation.operationId());
            }
            case JournalEntry.Attempt attempt -> attempts.put(attempt.operationId(), attempt.progress());
            case JournalEntry.Epoch epoch -> epochs.merge(epoch.taskId(), epoch.epoch(), Math::max);
        }
    }

    /**
     * Lets a task's run in unless a newer one was heard of.
     *
     * @throws FailureException {@code STALE_EPOCH}
     */
    synchronized void admit(TaskEpoch epoch) {
        long newest = epochs.getOrDefault(epoch.taskId(), Long.MIN_VALUE);
        if (epoch.epoch() < newest) {
            throw FailureException.of(
                    FailureCode.STALE_EPOCH,
                    "Run " + epoch.epoch() + " of task " + epoch.taskId() + " was replaced by run " + newest + ".");
        }
        if (epoch.epoch() > newest) {
            storeOr(FailureCode.UNAVAILABLE, new JournalEntry.Epoch(epoch.taskId(), epoch.epoch()));
        }
    }

    /** What the operation answered, or nothing when it has not been done. */
    synchronized <R extends Record> Optional<Reply<R>> recall(UUID operationId, Class<R> type) {
        byte[] reply = replies.get(operationId);
        if (reply == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Wire.decodeReply(reply, type));
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCode.CONFLICT, "The operation " + operationId + " was something else before."),
                    e);
        }
    }

    synchronized void remember(UUID operationId, Reply<?> reply) {
        storeOr(FailureCode.TIMEOUT, new JournalEntry.Operation(operationId, Wire.encode(reply)));
    }

    /** How far the operation has come before. */
    synchronized Progress progress(UUID operationId) {
        return attempts.getOrDefault(operationId, Progress.NOTHING_DONE);
    }

    synchronized void begin(UUID operationId) {
        storeOr(FailureCode.UNAVAILABLE, new JournalEntry.Attempt(operationId, Progress.BEGUN));
    }

    /** Notes what became of it. */
    synchronized void settle(UUID operationId, Progress progress) {
        storeOr(FailureCode.TIMEOUT, new JournalEntry.Attempt(operationId, progress));
    }

    /** @param failure what to throw when the disk does not take it: whether anything was done by now */
    private void storeOr(FailureCode failure, JournalEntry entry) {
        try {
            file.append(json.writeValueAsString(entry));
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(failure, "The host's journal cannot be written, look at its disk: " + e.getMessage()),
                    e);
        }
        learn(entry);
        lines++;
        if (lines > rewriteAfter) {
            shorten();
        }
    }

    /** The long file serves as well as a short one, so a failure costs only disk space. */
    private void shorten() {
        // Counted anew also where it fails, so that a full disk is not tried again with each line.
        lines = replies.size() + attempts.size() + epochs.size();
        try {
            file.rewrite(current());
        } catch (IOException e) {
            LOG.warn("the journal of operations could not be shortened and goes on growing for now", e);
        }
    }

    private List<String> current() throws IOException {
        List<String> all = new ArrayList<>();
        for (Map.Entry<UUID, Long> epoch : epochs.entrySet()) {
            all.add(json.writeValueAsString(new JournalEntry.Epoch(epoch.getKey(), epoch.getValue())));
        }
        for (Map.Entry<UUID, Progress> attempt : attempts.entrySet()) {
            all.add(json.writeValueAsString(new JournalEntry.Attempt(attempt.getKey(), attempt.getValue())));
        }
        for (Map.Entry<UUID, byte[]> reply : replies.entrySet()) {
            all.add(json.writeValueAsString(new JournalEntry.Operation(reply.getKey(), reply.getValue())));
        }
        return all;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of operations cannot be closed", e);
        }
    }
}
