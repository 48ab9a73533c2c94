package io.limiquantix.host.download;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps a download from being faster than it may be. For one thread. */
final class Pace {
    private final @Nullable Long bytesPerSecond;
    private final long began = System.nanoTime();
    private double dueSeconds;

    /** @param bytesPerSecond absent: as fast as it comes */
    Pace(@Nullable Long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Waits until so many bytes more were due. */
    void took(int bytes) {
        if (bytesPerSecond == null) {
            return;
        }
        double passed = (System.nanoTime() - began) / 1e9;
        // What was not used is not saved up.
        dueSeconds = Math.max(dueSeconds, passed) + (double) bytes / bytesPerSecond;
        try {
            Thread.sleep(Duration.ofNanos((long) ((dueSeconds - passed) * 1e9)));
        } catch (InterruptedException e) {
            throw DownloadConnection.interrupted(e);
        }
    }
}
