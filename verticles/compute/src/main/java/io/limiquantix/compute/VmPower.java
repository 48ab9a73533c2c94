package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi.Power;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.runtime.bus.Caller;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Begins power actions. Forcing a VM to stop takes the place of any other power action, so nobody is locked out. */
final class VmPower {
    private static final int DEFAULT_TIMEOUT_SECONDS = 180;
    private static final int MOST_TIMEOUT_SECONDS = 3_600;
    private static final Set<String> GIVE_WAY_TO_FORCE = Stream.concat(
                    VmTaskNames.POWER.stream(), Stream.of(VmTaskNames.CREATE))
            .filter(kind -> !kind.equals(VmTaskNames.of(PowerAction.FORCE_STOP)))
            .collect(Collectors.toUnmodifiableSet());

    private final VmWork work;
    private final PowerTasks tasks;

    VmPower(VmWork work, PowerTasks tasks) {
        this.work = work;
        this.tasks = tasks;
    }

    TaskRef begin(Power request, Caller caller) {
        int timeout = request.timeoutSeconds() == null ? DEFAULT_TIMEOUT_SECONDS : request.timeoutSeconds();
        if (timeout < 1 || timeout > MOST_TIMEOUT_SECONDS) {
            throw FailureException.invalid(
                    "timeoutSeconds", "A shut-down may take 1 to " + MOST_TIMEOUT_SECONDS + " seconds.");
        }
        PowerAction action = request.action();
        Set<String> superseded = action == PowerAction.FORCE_STOP ? GIVE_WAY_TO_FORCE : Set.of();
        return work.begin(request.vmId(), caller, tasks.kind(action), superseded, (tx, vm) -> {
            PowerRules.check(action, vm.name(), vm.phase(), vm.powerState());
            return PowerTasks.Input.of(vm, timeout);
        });
    }
}
