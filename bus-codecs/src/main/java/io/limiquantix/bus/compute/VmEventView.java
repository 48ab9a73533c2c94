package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.PowerState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a VM without a task that meant it to happen.
 *
 * @param id grows
 * @param vmName as it was called then
 * @param at when a control plane learned of it
 * @param stateBefore what it did before, or before nobody knew
 * @param reason libvirt's word, or why nothing is known
 * @param text a sentence for a person
 * @param times how often it has happened, where it happens so often that it is only counted
 * @param lastAt when it happened last
 */
public record VmEventView(
        long id,
        UUID vmId,
        String vmName,
        Instant at,
        Kind kind,
        PowerState stateBefore,
        PowerState state,
        String reason,
        String text,
        long times,
        @Nullable Instant lastAt) {

    /** What it was. */
    public enum Kind {
        /** Somebody started it with the means of its host. */
        STARTED,
        /** As {@link #STARTED}, and it did not start. */
        START_FAILED,
        /** Its guest shut itself down. */
        STOPPED_INSIDE,
        /** It ended after the task had ended that asked for it. */
        STOPPED_AS_ASKED,
        /** Somebody ended it with the means of its host. */
        STOPPED_OUTSIDE,
        /** Its guest or its process broke down. */
        CRASHED,
        PAUSED_BY_IO_ERROR,
        PAUSED_BY_WATCHDOG,
        /** Somebody paused it with the means of its host. */
        PAUSED,
        /** The same with going on. */
        RESUMED,
        /** The same with keeping its memory. */
        SUSPENDED,
        /** The same with throwing its memory away. */
        STATE_DISCARDED,
        /** Its host is silent, or cannot ask its hypervisor. */
        BECAME_UNKNOWN,
        /** The end of {@link #BECAME_UNKNOWN} or {@link #VANISHED}. */
        FOUND_AGAIN,
        /** Its domain is gone from its host. */
        VANISHED
    }
}
