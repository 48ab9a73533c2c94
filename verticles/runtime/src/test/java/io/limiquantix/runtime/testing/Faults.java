package io.limiquantix.runtime.testing;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How something that answers requests fails when a test wants it to. It keeps a journal as hosts do: an operation that
 * was done is answered as it was before.
 */
public final class Faults {
    /** Who is told, by its name, of a request that was done and is not answered yet; may wait or throw. */
    public volatile Consumer<String> beforeAnswer = name -> {};

    private record Fault(FailureException failure, boolean afterActing) {}

    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, List<UUID>> operations = new ConcurrentHashMap<>();
    private final Map<UUID, Record> journal = new ConcurrentHashMap<>();

    /** The next request of this name is refused and nothing is done. */
    public void refuse(String name, FailureCode code, String message) {
        refuse(name, FailureException.of(code, message));
    }

    public void refuse(String name, FailureException failure) {
        add(name, new Fault(failure, false));
    }

    /** The next request of this name is done and nobody hears of it. */
    public void loseAnswer(String name) {
        add(name, new Fault(FailureException.of(FailureCode.TIMEOUT, "No answer in time."), true));
    }

    private void add(String name, Fault fault) {
        faults.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    /** The operation of each request of this name, in order. */
    public List<UUID> operations(String name) {
        return operations.getOrDefault(name, List.of());
    }

    /** Whether nobody has asked anything yet. */
    public boolean untouched() {
        return operations.isEmpty();
    }

    /** Does the work, unless this operation has done it before, and answers, unless a test says otherwise. */
    public <R extends Record> R answer(String name, Class<R> type, Caller caller, Supplier<R> work) {
        operations.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(caller.operationId());
        Queue<Fault> waiting = faults.get(name);
        @Nullable Fault fault = waiting == null ? null : waiting.poll();
        if (fault != null && !fault.afterActing()) {
            throw fault.failure();
        }
        Record reply = journal.computeIfAbsent(caller.operationId(), id -> work.get());
        beforeAnswer.accept(name);
        if (fault != null) {
            throw fault.failure();
        }
        return type.cast(reply);
    }
}
