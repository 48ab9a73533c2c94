package io.limiquantix.host.libvirt;

import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Brings a domain into a state, where somebody else, or the guest itself, may bring it at the same moment. */
final class Transition {
    private Transition() {}

    /** Whether the domain is where it should be. */
    interface Goal {
        boolean isReached(Domain domain) throws LibvirtException;
    }

    /** What brings it there. */
    interface Step {
        void take(Domain domain) throws LibvirtException;
    }

    /** Takes the step unless the goal is reached; a step that fails is none of anybody's business if it is reached by then. */
    static boolean of(Domain domain, Goal goal, Step step) throws LibvirtException {
        if (!goal.isReached(domain)) {
            try {
                step.take(domain);
            } catch (LibvirtException e) {
                if (!goal.isReached(domain)) {
                    throw e;
                }
            }
        }
        return true;
    }
}
