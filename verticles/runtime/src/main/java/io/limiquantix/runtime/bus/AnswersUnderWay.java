package io.limiquantix.runtime.bus;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many requests this process is answering now. Safe for any thread. */
final class AnswersUnderWay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int count;

    void run(Runnable answer) {
        change(1);
        try {
            answer.run();
        } finally {
            change(-1);
        }
    }

    private void change(int by) {
        lock.lock();
        try {
            count += by;
            if (count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers how many are left when the time is over or the thread is interrupted. */
    int awaitNone(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (count > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return count;
    }
}
