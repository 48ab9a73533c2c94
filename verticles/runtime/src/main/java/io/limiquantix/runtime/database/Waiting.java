package io.limiquantix.runtime.database;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Blocks a virtual thread, one of Vert.x's or a plain one, until the database answered. */
final class Waiting {
    private Waiting() {}

    // Await throws whatever the future failed with, checked or not.
    @SuppressWarnings("CatchingUnchecked")
    static <T> T forResult(Future<T> future, long time, TimeUnit unit) {
        try {
            return future.await(time, unit);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new DatabaseException(e);
        }
    }
}
