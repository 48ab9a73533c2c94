package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.host.PowerState;
import java.util.Locale;

/** Says in a sentence what happened to a VM. */
public final class EventWording {
    private EventWording() {}

    /** @param known what the VM did when it was last known to do anything */
    public static String of(Kind kind, PowerState known, Observed after) {
        String said = " (libvirt says: " + after.stateReason() + ").";
        return switch (kind) {
            case STARTED -> "It was started on its host, not by LimiQuantix" + said;
            case START_FAILED -> "It was to be started on its host, not by LimiQuantix, and did not start" + said;
            case STOPPED_INSIDE -> "Its guest shut itself down.";
            case STOPPED_AS_ASKED -> "It ended after all: a task had asked for that, and had given up waiting.";
            case STOPPED_OUTSIDE -> "It was ended on its host, not by LimiQuantix" + said;
            case CRASHED -> "It ended unexpectedly" + said + " Its disks are kept.";
            case PAUSED_BY_IO_ERROR ->
                "Its guest was paused because a disk could not be read or written. Look at the pool, then resume the VM.";
            case PAUSED_BY_WATCHDOG -> "Its watchdog paused it, because the guest did not show a sign of life in time.";
            case PAUSED -> "It was paused on its host, not by LimiQuantix" + said;
            case RESUMED -> "It was resumed on its host, not by LimiQuantix" + said;
            case SUSPENDED -> "It was suspended on its host, not by LimiQuantix.";
            case STATE_DISCARDED -> "Its saved memory was thrown away on its host, not by LimiQuantix.";
            case BECAME_UNKNOWN, VANISHED -> after.problem() == null ? "Nothing is known of it." : after.problem();
            case FOUND_AGAIN -> found(known, after.powerState());
        };
    }

    private static String found(PowerState known, PowerState now) {
        return known == now
                ? "Its host tells of it again. It is " + word(now) + ", as before."
                : "Its host tells of it again. It is " + word(now) + "; before, it was " + word(known) + ".";
    }

    private static String word(PowerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
