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

/**
 * Remembers what the last operations answered and the newest epoch of each task, on the disk before anybody is told. The
 * oldest are forgotten beyond {@value #MOST} of each. Safe for any thread.
 */
public final class OperationJournal implements AutoCloseable {
    static final int MOST = 10_000;
    private static final int REWRITE_AFTER = 4 * MOST;

    private final JournalFile file;
    private final JsonMapper json = new JsonMapper();
    private final Map<UUID, byte[]> replies = bounded();
    private final Map<UUID, Long> epochs = bounded();
    private int lines;

    private OperationJournal(JournalFile file) {
        this.file = file;
    }

    public static OperationJournal open(Path path) {
        try {
            JournalFile.Opened opened = JournalFile.open(path);
            OperationJournal journal = new OperationJournal(opened.file());
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
            case JournalEntry.Operation operation -> replies.put(operation.operationId(), operation.reply());
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
            store(new JournalEntry.Epoch(epoch.taskId(), epoch.epoch()));
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
        store(new JournalEntry.Operation(operationId, Wire.encode(reply)));
    }

    private void store(JournalEntry entry) {
        try {
            file.append(json.writeValueAsString(entry));
            learn(entry);
            lines++;
            if (lines > REWRITE_AFTER) {
                file.rewrite(current());
                lines = replies.size() + epochs.size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal of operations cannot be written", e);
        }
    }

    private List<String> current() throws IOException {
        List<String> all = new ArrayList<>();
        for (Map.Entry<UUID, Long> epoch : epochs.entrySet()) {
            all.add(json.writeValueAsString(new JournalEntry.Epoch(epoch.getKey(), epoch.getValue())));
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
