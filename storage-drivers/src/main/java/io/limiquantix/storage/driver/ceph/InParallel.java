package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks about several things at a time: each question is a process of its own that mostly waits. */
final class InParallel {
    private static final int AT_A_TIME = 8;

    private InParallel() {}

    /** The answers in the order of the questions, those left out that have none. */
    static <Q, A> List<A> ask(Collection<Q> questions, Function<Q, Optional<A>> answer) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Callable<Optional<A>>> tasks = new ArrayList<>();
            questions.forEach(question -> tasks.add(() -> answer.apply(question)));
            List<A> answers = new ArrayList<>();
            for (Future<Optional<A>> each : threads.invokeAll(tasks)) {
                each.get().ifPresent(answers::add);
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.TIMEOUT, "Asking the Ceph cluster was interrupted.", Map.of(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new StorageException(Reason.FAILED, "Asking the Ceph cluster failed: " + e, Map.of(), e);
        }
    }
}
