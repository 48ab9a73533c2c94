package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.PowerState;
import java.util.List;
import org.libvirt.MissingCalls.State;

/** The numbers of libvirt-domain.h's virDomainState and its reasons in words. */
final class DomainStates {
    private static final int PAUSED = 3;
    private static final int PAUSED_SAVING = 3;
    private static final int PAUSED_SHUTTING_DOWN = 8;
    private static final int SHUTDOWN = 4;
    private static final int SHUTOFF = 5;
    private static final int SHUTOFF_CRASHED = 3;

    private static final List<List<String>> REASONS = List.of(
            List.of("unknown"),
            List.of(
                    "unknown",
                    "booted",
                    "migrated",
                    "restored",
                    "from snapshot",
                    "unpaused",
                    "migration canceled",
                    "save canceled",
                    "woken",
                    "panicked",
                    "post-copy",
                    "post-copy failed"),
            List.of("unknown"),
            List.of(
                    "unknown",
                    "user",
                    "migrating",
                    "saving",
                    "dumping",
                    "I/O error",
                    "watchdog",
                    "from snapshot",
                    "shutting down",
                    "taking snapshot",
                    "crashed",
                    "starting up",
                    "post-copy",
                    "post-copy failed",
                    "API error"),
            List.of("unknown", "user"),
            List.of(
                    "unknown",
                    "shutdown",
                    "destroyed",
                    "crashed",
                    "migrated",
                    "saved",
                    "failed",
                    "from snapshot",
                    "daemon"),
            List.of("unknown", "panicked"),
            List.of("unknown"));

    private DomainStates() {}

    static PowerState power(State state) {
        return switch (state.state()) {
            case 1, 2 -> PowerState.RUNNING;
            case PAUSED -> state.reason() == PAUSED_SHUTTING_DOWN ? PowerState.STOPPING : PowerState.PAUSED;
            case 7 -> PowerState.PAUSED;
            case SHUTDOWN -> PowerState.STOPPING;
            case SHUTOFF -> state.reason() == SHUTOFF_CRASHED ? PowerState.CRASHED : PowerState.STOPPED;
            case 6 -> PowerState.CRASHED;
            default -> PowerState.UNKNOWN;
        };
    }

    /** Whether no process runs for it. */
    static boolean isOff(State state) {
        return state.state() == SHUTOFF;
    }

    /** Whether its guest stands still, for whatever reason. */
    static boolean isPaused(State state) {
        return state.state() == PAUSED;
    }

    /** Whether libvirt is writing its memory to the disk. */
    static boolean isSaving(State state) {
        return state.state() == PAUSED && state.reason() == PAUSED_SAVING;
    }

    static String reason(State state) {
        if (state.state() < 0 || state.state() >= REASONS.size()) {
            return "unknown";
        }
        List<String> reasons = REASONS.get(state.state());
        boolean known = state.reason() >= 0 && state.reason() < reasons.size();
        return known ? reasons.get(state.reason()) : "unknown";
    }
}
