package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.host.PowerState;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Into which states tasks bring VMs; suspending and snapshots pause a guest and let it go on. */
final class TaskDeeds {
    private static final String SUSPEND = VmTaskNames.of(PowerAction.SUSPEND);
    private static final String START = VmTaskNames.of(PowerAction.START);

    private static final Set<String> RUN = Set.of(
            VmTaskNames.CREATE,
            VmTaskNames.CLONE,
            VmTaskNames.ADOPT,
            START,
            VmTaskNames.of(PowerAction.RESUME),
            SUSPEND,
            VmTaskNames.SNAPSHOT,
            VmTaskNames.MIGRATE,
            VmTaskNames.REVERT);
    /** One whose memory was kept while it was paused goes on paused. */
    private static final Set<String> PAUSE = Set.of(
            VmTaskNames.of(PowerAction.PAUSE),
            VmTaskNames.ADOPT,
            START,
            SUSPEND,
            VmTaskNames.SNAPSHOT,
            VmTaskNames.MIGRATE,
            VmTaskNames.REVERT);

    private static final Set<String> STOP = Set.of(
            VmTaskNames.SHUT_DOWN,
            VmTaskNames.ADOPT,
            VmTaskNames.of(PowerAction.FORCE_STOP),
            VmTaskNames.of(PowerAction.DISCARD_STATE),
            VmTaskNames.REVERT,
            SUSPEND);
    private static final Set<String> ALL =
            Stream.of(RUN, PAUSE, STOP).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private TaskDeeds() {}

    /** The kinds of task that change what a VM does. */
    static Set<String> kinds() {
        return ALL;
    }

    static boolean bring(String kind, PowerState state) {
        return switch (state) {
            case RUNNING, STOPPING -> RUN.contains(kind);
            case PAUSED -> PAUSE.contains(kind);
            case STOPPED -> STOP.contains(kind);
            case SUSPENDED -> kind.equals(SUSPEND);
            case CRASHED, UNKNOWN -> false;
        };
    }
}
