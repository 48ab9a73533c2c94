package io.limiquantix.host.capability;

import io.limiquantix.bus.FailureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the capabilities aside, as that may take as long as a probe. A failure leaves what was known, for the next try. */
public final class CapabilityReading {
    private static final Logger LOG = LoggerFactory.getLogger(CapabilityReading.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Capabilities capabilities;
    private final Clock clock;

    public CapabilityReading(Capabilities capabilities, Clock clock) {
        this.capabilities = capabilities;
        this.clock = clock;
    }

    /** Reads them whatever is known. */
    public void anew(Runnable whenRead) {
        aside(capabilities::read, whenRead);
    }

    /** Reads them unless they are known by now. */
    public void ifUnknown(Runnable whenRead) {
        aside(capabilities::get, whenRead);
    }

    private void aside(Consumer<Instant> reading, Runnable whenRead) {
        Thread.ofVirtual().name("capabilities").start(() -> {
            try {
                reading.accept(clock.instant().plus(PATIENCE));
                whenRead.run();
            } catch (FailureException e) {
                LOG.warn(
                        "the host's capabilities are not known: {}", e.failure().message());
            } catch (RuntimeException e) {
                LOG.error("the host's capabilities could not be read", e);
            }
        });
    }
}
