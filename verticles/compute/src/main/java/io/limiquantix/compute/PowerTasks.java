package io.limiquantix.compute;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The tasks that change what a VM does; all but the shut-down are one request to its host. */
final class PowerTasks {
    private static final int DONE = 95;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration RESTORING = Duration.ofHours(1);

    private final Bus bus;
    private final Reconciler reconciler;
    private final NicsAtStart nics;
    private final GuestClock clock;
    private final Map<PowerAction, TaskKind<Input>> kinds = new EnumMap<>(PowerAction.class);

    PowerTasks(
            Bus bus,
            Reconciler reconciler,
            ShutDownTask shutDown,
            SuspendTask suspend,
            NicsAtStart nics,
            GuestClock clock) {
        this.nics = nics;
        this.clock = clock;
        this.bus = bus;
        this.reconciler = reconciler;
        for (PowerAction action : PowerAction.values()) {
            kinds.put(action, new TaskKind<>(VmTaskNames.of(action), Input.class, body(action, shutDown, suspend)));
        }
    }

    /**
     * @param timeoutSeconds how long a shut-down may take
     * @param suspended whether it was suspended when this was asked for
     */
    record Input(UUID vmId, UUID hostId, int timeoutSeconds, boolean suspended) {
        static Input of(StoredVm vm, int timeoutSeconds) {
            return new Input(
                    vm.id(),
                    Objects.requireNonNull(vm.hostId()),
                    timeoutSeconds,
                    vm.powerState() == PowerState.SUSPENDED);
        }
    }

    TaskKind<Input> kind(PowerAction action) {
        return Objects.requireNonNull(kinds.get(action));
    }

    Collection<TaskKind<Input>> all() {
        return kinds.values();
    }

    private TaskKind.Body<Input> body(PowerAction action, ShutDownTask shutDown, SuspendTask suspend) {
        return switch (action) {
            case SHUT_DOWN -> shutDown::run;
            case SUSPEND -> suspend::run;
            case DISCARD_STATE -> asking("discard its saved state", DomainApi.DISCARD_STATE);
            case START -> this::start;
            case REBOOT -> asking("ask the guest to reboot", DomainApi.REBOOT);
            case FORCE_STOP -> asking("stop at once", DomainApi.FORCE_STOP);
            case RESET -> asking("reset", DomainApi.RESET);
            case PAUSE -> asking("pause", DomainApi.PAUSE);
            case RESUME -> asking("resume", DomainApi.RESUME);
        };
    }

    private void start(Input input, TaskRun run) {
        run.step("bring its network cards up to date", Nothing.class)
                .run(caller -> nics.update(input.vmId(), input.hostId(), caller));
        if (!input.suspended()) {
            ask(input, run, "start", DomainApi.START);
            return;
        }
        // Reading a large memory takes its time.
        DomainReport report = run.step("start from its memory", DomainReport.class)
                .progress(DONE)
                .patience(RESTORING)
                .run(caller -> ask(input, DomainApi.START, caller));
        if (report.state() == PowerState.RUNNING) {
            clock.set(input.vmId(), input.hostId(), run);
        }
    }

    private TaskKind.Body<Input> asking(String step, HostAddress<DomainApi.Domain, DomainReport> address) {
        return (input, run) -> ask(input, run, step, address);
    }

    private void ask(Input input, TaskRun run, String step, HostAddress<DomainApi.Domain, DomainReport> address) {
        run.step(step, DomainReport.class).progress(DONE).run(caller -> ask(input, address, caller));
    }

    private DomainReport ask(Input input, HostAddress<DomainApi.Domain, DomainReport> address, Caller caller) {
        DomainReport report =
                bus.request(address.at(input.hostId()), new DomainApi.Domain(input.vmId()), caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }
}
