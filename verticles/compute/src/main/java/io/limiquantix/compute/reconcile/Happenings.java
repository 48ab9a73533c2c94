package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Decides what a change of a VM is told as: nothing where a task tells of it, and where it is a part of something longer. */
public final class Happenings {
    private static final Set<PowerState> ON = EnumSet.of(PowerState.RUNNING, PowerState.PAUSED, PowerState.STOPPING);
    /** libvirt's reasons of states that last as long as something else that goes on. */
    private static final Set<String> PASSING = Set.of(
            "migrating",
            "migrated",
            "migration canceled",
            "saving",
            "save canceled",
            "dumping",
            "from snapshot",
            "taking snapshot",
            "starting up",
            "shutting down",
            "post-copy");

    private static final List<Kind> NOTHING = List.of();

    private Happenings() {}

    /** What happened, first to last. */
    public static List<Kind> of(Observed before, Observed after, Causes causes) {
        if (!isSettled(before.phase()) || !isSettled(after.phase())) {
            // A task makes or deletes it.
            return NOTHING;
        }
        if (before.phase() != after.phase()) {
            return after.phase() == Phase.LOST ? List.of(Kind.VANISHED) : found(after, causes);
        }
        boolean wasKnown = before.powerState() != PowerState.UNKNOWN;
        if (after.powerState() == PowerState.UNKNOWN) {
            return wasKnown && after.phase() == Phase.READY ? List.of(Kind.BECAME_UNKNOWN) : NOTHING;
        }
        return wasKnown ? changed(before, after, causes) : found(after, causes);
    }

    private static boolean isSettled(Phase phase) {
        return phase == Phase.READY || phase == Phase.LOST;
    }

    private static List<Kind> found(Observed after, Causes causes) {
        boolean news = after.powerState() == PowerState.CRASHED;
        return causes.lastKnown()
                .map(known -> news && known != PowerState.CRASHED
                        ? List.of(Kind.FOUND_AGAIN, Kind.CRASHED)
                        : List.of(Kind.FOUND_AGAIN))
                .orElse(NOTHING);
    }

    private static List<Kind> changed(Observed before, Observed after, Causes causes) {
        if (before.powerState() == after.powerState() && before.stateReason().equals(after.stateReason())) {
            return NOTHING;
        }
        return switch (after.powerState()) {
            case CRASHED -> crashed(before, after, causes);
            case STOPPED -> PASSING.contains(after.stateReason()) ? NOTHING : stopped(before, after, causes);
            case SUSPENDED -> unlessExplained(before, after, causes, Kind.SUSPENDED);
            case PAUSED -> paused(before, after, causes);
            case RUNNING, STOPPING -> running(before, after, causes);
            case UNKNOWN -> NOTHING;
        };
    }

    private static List<Kind> unlessExplained(Observed before, Observed after, Causes causes, Kind kind) {
        boolean told = before.powerState() == after.powerState() || isAsked(after.powerState(), causes);
        return told ? NOTHING : List.of(kind);
    }

    /** Also by a task that gave up before it came to that. */
    private static boolean isAsked(PowerState state, Causes causes) {
        return causes.explain(state) || causes.askedBefore(state);
    }

    private static List<Kind> crashed(Observed before, Observed after, Causes causes) {
        if (before.powerState() == PowerState.CRASHED) {
            return NOTHING;
        }
        if (ON.contains(before.powerState())) {
            return List.of(Kind.CRASHED);
        }
        boolean startFailed = after.stateReason().equals("failed");
        return startFailed && causes.explain(PowerState.RUNNING)
                ? NOTHING
                : List.of(startFailed ? Kind.START_FAILED : Kind.CRASHED);
    }

    private static List<Kind> stopped(Observed before, Observed after, Causes causes) {
        if (before.powerState() == PowerState.SUSPENDED) {
            return unlessExplained(before, after, causes, Kind.STATE_DISCARDED);
        }
        if (!ON.contains(before.powerState()) || causes.explain(PowerState.STOPPED)) {
            return NOTHING;
        }
        if (causes.askedBefore(PowerState.STOPPED)) {
            return List.of(Kind.STOPPED_AS_ASKED);
        }
        return List.of(after.stateReason().equals("shutdown") ? Kind.STOPPED_INSIDE : Kind.STOPPED_OUTSIDE);
    }

    /** libvirt pauses what it may not let go on; nobody asks for that, so no task explains it. */
    private static List<Kind> paused(Observed before, Observed after, Causes causes) {
        return switch (after.stateReason()) {
            case "I/O error" -> List.of(Kind.PAUSED_BY_IO_ERROR);
            case "watchdog" -> List.of(Kind.PAUSED_BY_WATCHDOG);
            case "crashed" -> List.of(Kind.CRASHED);
            default ->
                PASSING.contains(after.stateReason()) ? NOTHING : unlessExplained(before, after, causes, Kind.PAUSED);
        };
    }

    private static List<Kind> running(Observed before, Observed after, Causes causes) {
        boolean ran = before.powerState() == PowerState.RUNNING || before.powerState() == PowerState.STOPPING;
        boolean passes = PASSING.contains(after.stateReason())
                || (before.powerState() == PowerState.PAUSED && PASSING.contains(before.stateReason()));
        if (ran || passes || isAsked(PowerState.RUNNING, causes)) {
            return NOTHING;
        }
        return List.of(before.powerState() == PowerState.PAUSED ? Kind.RESUMED : Kind.STARTED);
    }
}
