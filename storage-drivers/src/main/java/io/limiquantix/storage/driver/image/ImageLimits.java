package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.tool.Limits;
import java.time.Duration;

/**
 * What an image may be at most, and what looking at it may cost.
 *
 * @param maxVirtualBytes the largest disk that an image may describe
 */
public record ImageLimits(long maxVirtualBytes, Limits probe, Duration probeTimeout) {

    private static final int SLACK_SHARE = 64;
    private static final long SLACK_BYTES = 64L << 20;

    /** How long the file of an image may be: its tables come on top of the disk. */
    public long maxFileBytes() {
        return maxVirtualBytes + maxVirtualBytes / SLACK_SHARE + SLACK_BYTES;
    }

    public static ImageLimits upTo(long maxVirtualBytes) {
        return new ImageLimits(maxVirtualBytes, new Limits(30, 1L << 30), Duration.ofSeconds(60));
    }
}
