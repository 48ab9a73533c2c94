package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.tool.Limits;
import java.time.Duration;

/**
 * What an image may be at most, and what looking at it may cost.
 *
 * @param maxVirtualBytes the largest disk that an image may describe
 */
public record ImageLimits(long maxVirtualBytes, Limits probe, Duration probeTimeout) {

    public static ImageLimits upTo(long maxVirtualBytes) {
        return new ImageLimits(maxVirtualBytes, new Limits(30, 1L << 30), Duration.ofSeconds(60));
    }
}
