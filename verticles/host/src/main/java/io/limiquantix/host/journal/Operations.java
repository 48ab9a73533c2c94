package io.limiquantix.host.journal;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Reply;
import io.limiquantix.bus.TaskEpoch;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does each operation once. A second delivery gets the first one's answer, and waits for it where that is not there yet;
 * the operations of one task take turns, so that none of an older run is still at work when a newer run begins.
 */
public final class Operations {
    private final OperationJournal journal;
    private final Turns byOperation = new Turns();
    private final Turns byTask = new Turns();

    public Operations(OperationJournal journal) {
        this.journal = journal;
    }

    /**
     * What names an operation.
     *
     * @param epoch of the task that asks, absent when none does
     */
    public record Identity(UUID operationId, @Nullable TaskEpoch epoch, Instant deadline) {}

    /** Answers or throws what the operation did at its first delivery. */
    public <R extends Record> R once(Identity identity, Class<R> type, Supplier<R> work) {
        if (identity.epoch() == null) {
            return inTurn(identity, type, work);
        }
        journal.admit(identity.epoch());
        try (Turns.Held _ = byTask.take(identity.epoch().taskId(), identity.deadline())) {
            // A newer run may have been let in while this one waited.
            journal.admit(identity.epoch());
            return inTurn(identity, type, work);
        }
    }

    /**
     * The same for a change that would happen again with each try. It is tried again only when it is certain that nothing
     * was done; where that is unknown, a repeat is told so, once and for all.
     *
     * @param look what answers once the change was made; it is repeated where it failed
     */
    public <R extends Record> R atMostOnce(Identity identity, Class<R> type, Runnable change, Supplier<R> look) {
        return once(identity, type, () -> {
            switch (journal.progress(identity.operationId())) {
                case NOTHING_DONE -> change(identity.operationId(), change);
                case BEGUN ->
                    throw FailureException.of(
                            FailureCode.HYPERVISOR,
                            "An earlier try of this was cut off, so it is unknown whether it was done. Look at the virtual"
                                    + " machine before you ask for it again.");
                case DONE -> {}
            }
            return look.get();
        });
    }

    private void change(UUID operationId, Runnable change) {
        journal.begin(operationId);
        try {
            change.run();
        } catch (FailureException e) {
            if (e.code() == FailureCode.UNAVAILABLE) {
                journal.settle(operationId, Progress.NOTHING_DONE);
            }
            throw e;
        }
        journal.settle(operationId, Progress.DONE);
    }

    private <R extends Record> R inTurn(Identity identity, Class<R> type, Supplier<R> work) {
        try (Turns.Held _ = byOperation.take(identity.operationId(), identity.deadline())) {
            Optional<Reply<R>> earlier = journal.recall(identity.operationId(), type);
            return earlier.isPresent() ? answer(earlier.get()) : perform(identity.operationId(), work);
        }
    }

    private <R extends Record> R perform(UUID operationId, Supplier<R> work) {
        try {
            R result = work.get();
            journal.remember(operationId, Reply.of(result));
            return result;
        } catch (FailureException e) {
            if (isFinal(e.failure())) {
                journal.remember(operationId, Reply.refused(e.failure()));
            }
            throw e;
        }
    }

    /** Whether asking again cannot help; everything else is worth another try with the same id. */
    private static boolean isFinal(Failure failure) {
        return switch (failure.code()) {
            case INVALID, NOT_FOUND, CONFLICT, NO_CAPACITY, TOO_LARGE, HYPERVISOR, STORAGE, CANCELLED -> true;
            case UNAUTHENTICATED, FORBIDDEN, STALE_VERSION, LIMITED, STALE_EPOCH, INTERNAL, UNAVAILABLE, TIMEOUT ->
                false;
        };
    }

    private static <R extends Record> R answer(Reply<R> reply) {
        if (reply.failure() != null) {
            throw new FailureException(reply.failure());
        }
        if (reply.body() == null) {
            throw new IllegalStateException("the journal holds a reply without a body");
        }
        return reply.body();
    }
}
