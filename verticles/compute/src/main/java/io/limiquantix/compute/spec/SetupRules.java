package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;

/** What the set-up of a guest may say where its machine is not known yet. */
public final class SetupRules {
    private SetupRules() {}

    /**
     * As for a machine with as many network interfaces as one can have.
     *
     * @throws FailureException {@code INVALID} with the field
     */
    public static void check(CloudInit wish) {
        CloudInitRules.check(wish, NicRules.MOST_NICS);
    }

    /** @throws FailureException {@code INVALID} with the field */
    public static void check(Cloudbase wish) {
        CloudbaseRules.check(wish);
    }

    /** Whether a guest can be called so. */
    public static boolean isHostName(String name) {
        return CloudInitRules.isHostName(name);
    }
}
