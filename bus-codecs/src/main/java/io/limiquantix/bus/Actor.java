package io.limiquantix.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is done: a user who logged in, or the platform itself.
 *
 * @param name the log-in name, or the verticle's name for the platform
 * @param userId absent for the platform
 */
public record Actor(String name, @Nullable UUID userId) {

    /** The platform acting on its own, for instance a reconciliation. */
    public static Actor platform(String verticle) {
        return new Actor(verticle, null);
    }
}
