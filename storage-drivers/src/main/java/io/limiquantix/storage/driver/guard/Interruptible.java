package io.limiquantix.storage.driver.guard;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work whose thread can be interrupted from outside, but never once that thread does something else. */
final class Interruptible<T> implements Callable<T> {
    private final Supplier<T> work;
    private @Nullable Thread worker;
    private boolean interrupted;

    Interruptible(Supplier<T> work) {
        this.work = work;
    }

    @Override
    public T call() {
        begin();
        try {
            return work.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        worker = Thread.currentThread();
        if (interrupted) {
            worker.interrupt();
        }
    }

    private synchronized void end() {
        worker = null;
    }

    /** Also before it has begun. */
    synchronized void interrupt() {
        interrupted = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
