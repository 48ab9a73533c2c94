package io.limiquantix.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf something is done: a user who logged in, or the platform itself.
 *
 * @param name the log-in name, or the verticle's name for the platform
 * @param userId absent for the platform
 * @param administrator whether the user is one, as far as whoever acts now knows: a task does not remember it
 */
public record Actor(String name, @Nullable UUID userId, boolean administrator) {

    /** A user without any privilege. */
    public Actor(String name, UUID userId) {
        this(name, userId, false);
    }

    /** The platform acting on its own, for instance a reconciliation. */
    public static Actor platform(String verticle) {
        return new Actor(verticle, null, false);
    }

    /** Whether nothing is hidden from it. */
    public boolean seesAll() {
        return userId == null || administrator;
    }
}
