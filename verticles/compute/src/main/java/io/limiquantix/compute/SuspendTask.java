package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;

/** Keeps the memory of a VM on its host and ends it; one that is cancelled or fails lets the guest go on. */
final class SuspendTask {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int BEGINS = 1;
    private static final int DONE = 95;

    private final Bus bus;
    private final Reconciler reconciler;

    SuspendTask(Bus bus, Reconciler reconciler) {
        this.bus = bus;
        this.reconciler = reconciler;
    }

    void run(PowerTasks.Input input, TaskRun run) {
        run.step("keep its memory", Nothing.class)
                .progress(DONE)
                .orUndo(caller -> suspend(input, run, caller), caller -> goOn(input, caller));
    }

    private Nothing suspend(PowerTasks.Input input, TaskRun run, Caller caller) {
        var domain = new DomainApi.Domain(input.vmId());
        DomainReport report = new LongWork(run, BEGINS, DONE)
                .await(
                        caller,
                        asking -> bus.request(DomainApi.SUSPEND.at(input.hostId()), domain, asking),
                        looking -> bus.request(DomainApi.LOOK_AT_SUSPENSION.at(input.hostId()), domain, looking));
        reconciler.answered(input.hostId(), report);
        return Nothing.NOTHING;
    }

    /** Its last byte may have been written just before nobody wanted it any more. */
    private void goOn(PowerTasks.Input input, Caller caller) {
        var domain = new DomainApi.Domain(input.vmId());
        DomainReport report = bus.request(DomainApi.END_SUSPENSION.at(input.hostId()), domain, caller.within(ANSWER));
        if (report.state() == PowerState.SUSPENDED) {
            report = bus.request(
                    DomainApi.START.at(input.hostId()),
                    domain,
                    caller.part("start").within(ANSWER));
        }
        reconciler.answered(input.hostId(), report);
    }
}
