package io.limiquantix.runtime.database;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocks a virtual thread until the database answered. */
final class Waiting {
    private Waiting() {}

    static <T> T forResult(Future<T> future, long time, TimeUnit unit) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(time, unit);
        } catch (ExecutionException e) {
            throw new DatabaseException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new DatabaseException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(e);
        }
    }
}
