package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.EnumSet;
import java.util.Set;

/** Which power action fits which state. What is unknown is left to the host to judge. */
final class PowerRules {
    private static final Set<PowerState> OFF = EnumSet.of(PowerState.STOPPED, PowerState.CRASHED);

    private static final String SUSPENDED = " is suspended; start it, so that it goes on from there.";

    private PowerRules() {}

    /** Refuses with a sentence that says what to do instead. */
    static void check(PowerAction action, String name, Phase phase, PowerState state) {
        switch (phase) {
            case CREATING -> throw FailureException.conflict(name + " is still being made; wait for its task.");
            case DELETING ->
                throw FailureException.conflict(name
                        + " is being deleted, or was deleted halfway; nothing can be done with it but deleting it.");
            case LOST ->
                throw FailureException.conflict(name + " has no domain on its host any more, so nothing can be done"
                        + " with it but deleting it.");
            case READY -> checkState(action, name, state);
        }
    }

    private static void checkState(PowerAction action, String name, PowerState state) {
        boolean off = OFF.contains(state);
        boolean paused = state == PowerState.PAUSED;
        boolean suspended = state == PowerState.SUSPENDED;
        switch (action) {
            case START -> {
                refuseIf(paused, name + " is paused; resume it.");
                refuseIf(state == PowerState.RUNNING || state == PowerState.STOPPING, name + " is running already.");
            }
            case SHUT_DOWN, REBOOT -> {
                refuseIf(suspended, name + SUSPENDED);
                refuseIf(off, name + " is not running.");
                refuseIf(paused, name + " is paused, so its guest cannot react; resume it first, or force it to stop.");
            }
            // One that is suspended is off afterwards, as after a plug was pulled.
            case FORCE_STOP -> refuseIf(off, name + " is not running.");
            case RESET -> {
                refuseIf(suspended, name + SUSPENDED);
                refuseIf(off, name + " is not running.");
            }
            case PAUSE -> {
                refuseIf(suspended, name + SUSPENDED);
                refuseIf(off, name + " is not running.");
                refuseIf(paused, name + " is paused already.");
            }
            case RESUME -> {
                refuseIf(suspended, name + SUSPENDED);
                refuseIf(!paused && state != PowerState.UNKNOWN, name + " is not paused.");
            }
            case SUSPEND -> {
                refuseIf(suspended, name + " is suspended already.");
                refuseIf(off, name + " is not running, so it has no memory to keep.");
            }
            case DISCARD_STATE -> refuseIf(!suspended && state != PowerState.UNKNOWN, name + " is not suspended.");
        }
    }

    private static void refuseIf(boolean wrong, String message) {
        if (wrong) {
            throw FailureException.conflict(message);
        }
    }
}
