package io.limiquantix.runtime.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several clients that ask at the same moment. */
public final class AtOnce {
    /** What one of them got. */
    public record Outcome<T>(@Nullable T result, @Nullable Throwable failure) {}

    private AtOnce() {}

    /** Waits until all have their answers. */
    public static <T> List<Outcome<T>> ask(int clients, IntFunction<T> request) {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<T>> asked = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                int number = i;
                asked.add(askers.submit(() -> {
                    go.await();
                    return request.apply(number);
                }));
            }
            go.countDown();
        }
        return asked.stream().map(AtOnce::outcome).toList();
    }

    private static <T> Outcome<T> outcome(Future<T> future) {
        try {
            return new Outcome<>(future.get(), null);
        } catch (ExecutionException e) {
            return new Outcome<>(null, e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static <T> List<T> results(List<Outcome<T>> outcomes) {
        List<T> results = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            T result = outcome.result();
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    public static List<Throwable> failures(List<? extends Outcome<?>> outcomes) {
        List<Throwable> failures = new ArrayList<>();
        for (Outcome<?> outcome : outcomes) {
            Throwable failure = outcome.failure();
            if (failure != null) {
                failures.add(failure);
            }
        }
        return failures;
    }
}
