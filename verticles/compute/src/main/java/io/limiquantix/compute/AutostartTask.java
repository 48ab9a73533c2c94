package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts the VMs of a host that was booted, one after the other, each by a task of its own. One that does not start holds up the others no
 * longer than its own task takes.
 */
final class AutostartTask {
    private static final String KIND = "host.autostart";
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POOLS = Duration.ofMinutes(2);
    private static final Duration STARTED = Duration.ofMinutes(70);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Set<PowerState> ON = EnumSet.of(PowerState.RUNNING, PowerState.PAUSED, PowerState.STOPPING);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final VmWork work;
    private final PowerTasks power;
    private final Clock clock;

    AutostartTask(Database database, Bus bus, VmStore vms, VmWork work, PowerTasks power, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.work = work;
        this.power = power;
        this.clock = clock;
    }

    record Input(UUID hostId) {}

    /** What is started, first to last. */
    record Plan(List<Entry> vms) {
        Plan {
            vms = List.copyOf(vms);
        }
    }

    record Entry(UUID vmId, String name, Autostart start) {}

    /**
     * @param task absent when there was nothing to do, or it was refused
     * @param refusal why
     */
    record Begun(@Nullable TaskRef task, @Nullable String refusal) {}

    /**
     * @param next when the next one starts
     * @param failure why it does not run
     */
    record Ended(Instant next, @Nullable String failure) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(KIND, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Plan plan = run.step("look which VMs start with it", Plan.class).run(caller -> plan(input));
        run.step("wait for its pools", Nothing.class).run(caller -> awaitPools(input, caller, run));
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < plan.vms().size(); i++) {
            Entry vm = plan.vms().get(i);
            int done = 100 * (i + 1) / (plan.vms().size() + 1);
            Ended ended = start(input, vm, done, run);
            if (ended.failure() != null) {
                failed.add(vm.name() + " (" + ended.failure() + ")");
            } else if (i + 1 < plan.vms().size()) {
                await(input, vm, ended.next(), run);
            }
        }
        if (!failed.isEmpty()) {
            throw FailureException.conflict("Not started with their host, " + failed.size() + " of "
                    + plan.vms().size() + " VMs: " + String.join("; ", failed));
        }
    }

    private Plan plan(Input input) {
        return new Plan(database.transaction(tx -> vms.startingWith(tx, input.hostId())).stream()
                .map(vm -> new Entry(
                        vm.id(), vm.name(), Objects.requireNonNull(vm.spec().autostart())))
                .toList());
    }

    /** Network storage may be there later than the host; what is not there in time fails where it is missed. */
    private Nothing awaitPools(Input input, Caller caller, TaskRun run) {
        Pacing pacing = Pacing.atOnce(clock, BETWEEN_QUESTIONS);
        if (!run.waitUntil(POOLS, () -> pacing.isDue() && poolsAreThere(input, caller))) {
            run.log("Not all of the host's pools are there; VMs with disks in the others are started all the same.");
        }
        return Nothing.NOTHING;
    }

    private boolean poolsAreThere(Input input, Caller caller) {
        try {
            HostReport report =
                    bus.request(HostApi.DESCRIBE.at(input.hostId()), Nothing.NOTHING, caller.within(ANSWER));
            return report.hypervisorProblem() == null && report.pools().stream().allMatch(PoolReport::usable);
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                return false;
            }
            throw e;
        }
    }

    private Ended start(Input input, Entry vm, int done, TaskRun run) {
        Begun begun = run.step("start " + vm.name(), Begun.class).run(caller -> begin(input, vm, caller));
        return run.step("see " + vm.name() + " start", Ended.class)
                .progress(done)
                .run(caller -> {
                    String failure = begun.task() == null ? begun.refusal() : awaitEnd(begun.task(), caller, run);
                    if (failure != null) {
                        run.log(vm.name() + " was not started: " + failure);
                    }
                    return new Ended(clock.instant().plusSeconds(vm.start().delaySeconds()), failure);
                });
    }

    private Begun begin(Input input, Entry vm, Caller caller) {
        boolean on = database.transaction(tx -> vms.find(tx, vm.vmId()))
                .filter(now -> ON.contains(now.powerState()))
                .isPresent();
        if (on) {
            return new Begun(null, null);
        }
        try {
            TaskRef ref = work.begin(vm.vmId(), caller, power.kind(PowerAction.START), Set.of(), (tx, now) -> {
                if (!input.hostId().equals(now.hostId())) {
                    throw FailureException.conflict(now.name() + " is on another host by now.");
                }
                PowerRules.check(PowerAction.START, now.name(), now.phase(), now.powerState());
                return PowerTasks.Input.of(now, 0);
            });
            return new Begun(ref, null);
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                throw e;
            }
            return new Begun(null, e.failure().message());
        }
    }

    /** Answers why it failed; nothing when it did not. */
    private @Nullable String awaitEnd(TaskRef ref, Caller caller, TaskRun run) {
        List<TaskView> seen = new ArrayList<>();
        boolean ended = run.waitUntil(STARTED, () -> {
            TaskView task = bus.request(TaskApi.GET, new TaskApi.Get(ref.taskId()), caller.within(ANSWER));
            seen.add(task);
            return task.state().isFinal();
        });
        if (!ended) {
            return "its task goes on";
        }
        TaskView last = seen.getLast();
        if (last.state() == TaskState.SUCCEEDED) {
            return null;
        }
        return last.failure() == null
                ? "its task was cancelled"
                : last.failure().message();
    }

    private void await(Input input, Entry vm, Instant next, TaskRun run) {
        if (vm.start().delaySeconds() == 0) {
            return;
        }
        run.step("wait after " + vm.name(), Nothing.class).run(caller -> {
            Pacing pacing = Pacing.atOnce(clock, BETWEEN_QUESTIONS);
            boolean early = run.waitUntil(
                    Duration.between(clock.instant(), next),
                    () -> vm.start().untilAgent() && pacing.isDue() && answers(input, vm, caller));
            if (!early && vm.start().untilAgent()) {
                run.log("The agent in " + vm.name()
                        + " has not answered in time; the next VM is started all the same.");
            }
            return Nothing.NOTHING;
        });
    }

    private boolean answers(Input input, Entry vm, Caller caller) {
        try {
            return bus.request(GuestApi.ASK, new GuestApi.Ask(vm.vmId(), input.hostId()), caller.within(ANSWER))
                    .answered();
        } catch (FailureException _) {
            return false;
        }
    }
}
