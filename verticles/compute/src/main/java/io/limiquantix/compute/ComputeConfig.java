package io.limiquantix.compute;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code compute}.
 *
 * @param agentWaitSeconds how long a creation that waits for the guest's agent waits, 900 unless told
 * @param eventsKeptDays how long is kept what happened to VMs, 90 unless told
 * @param movesPerHost how many VMs leave or reach a host at a time, 2 unless told
 */
public record ComputeConfig(
        @Nullable Integer agentWaitSeconds,
        @Nullable Integer eventsKeptDays,
        @Nullable Integer movesPerHost) {
    private static final int DEFAULT_AGENT_WAIT_SECONDS = 900;
    private static final int DEFAULT_EVENTS_KEPT_DAYS = 90;
    private static final int DEFAULT_MOVES_PER_HOST = 2;

    public ComputeConfig {
        if (agentWaitSeconds != null && agentWaitSeconds < 1) {
            throw new IllegalArgumentException("compute.agentWaitSeconds must be at least 1.");
        }
        if (eventsKeptDays != null && eventsKeptDays < 1) {
            throw new IllegalArgumentException("compute.eventsKeptDays must be at least 1.");
        }
        if (movesPerHost != null && movesPerHost < 1) {
            throw new IllegalArgumentException("compute.movesPerHost must be at least 1.");
        }
    }

    Duration agentWait() {
        return Duration.ofSeconds(agentWaitSeconds == null ? DEFAULT_AGENT_WAIT_SECONDS : agentWaitSeconds);
    }

    Duration eventsKept() {
        return Duration.ofDays(eventsKeptDays == null ? DEFAULT_EVENTS_KEPT_DAYS : eventsKeptDays);
    }

    int atATime() {
        return movesPerHost == null ? DEFAULT_MOVES_PER_HOST : movesPerHost;
    }
}
