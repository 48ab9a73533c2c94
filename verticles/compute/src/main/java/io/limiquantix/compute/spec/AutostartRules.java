package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.Autostart;
import org.jspecify.annotations.Nullable;

/** When a VM may be to start with its host. */
final class AutostartRules {
    private static final int LAST = 9_999;
    private static final int LONGEST_SECONDS = 3_600;

    private AutostartRules() {}

    static void check(@Nullable Autostart start) {
        if (start == null) {
            return;
        }
        Check.that(
                start.order() >= 1 && start.order() <= LAST,
                "autostart.order",
                "A place in the order of starts is 1 to " + LAST + ".");
        Check.that(
                start.delaySeconds() >= 0 && start.delaySeconds() <= LONGEST_SECONDS,
                "autostart.delaySeconds",
                "The next VM waits 0 to " + LONGEST_SECONDS + " seconds.");
    }
}
