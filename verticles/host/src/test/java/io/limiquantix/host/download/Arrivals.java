package io.limiquantix.host.download;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.testing.ArrivedBytes;
import io.limiquantix.storage.driver.ImageArrival;
import org.jspecify.annotations.Nullable;

/** Keeps what arrives, and knows whether it stays. */
final class Arrivals implements WebDownloads.Target {
    int begun;
    long room = Long.MAX_VALUE;
    private @Nullable ArrivedBytes last;

    @Override
    public ImageArrival begin() {
        begun++;
        last = new ArrivedBytes();
        return last;
    }

    @Override
    public void requireRoom(long bytes) {
        if (bytes > room) {
            throw FailureException.of(FailureCode.NO_CAPACITY, "No room.");
        }
    }

    byte[] kept() {
        return last == null || !last.isComplete() ? new byte[0] : last.bytes();
    }

    boolean isLeft() {
        return last != null && last.isLeft();
    }

    void forget() {
        last = null;
    }
}
