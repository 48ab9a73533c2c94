package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;

/** A task that a step of another one waits for, as long as that goes on. */
final class AwaitedTask {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** What takes a moment is not waited for much longer, and what takes hours is not asked for all the time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    private static final int DOUBLINGS = 5;
    private static final int HUNDRED = 100;

    private final Bus bus;

    AwaitedTask(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param from the progress of the task that waits when this begins
     * @param to and when it ends
     * @param what could not be done when it fails, as the beginning of a sentence
     * @throws FailureException with the reason when it does not succeed
     */
    Nothing await(UUID taskId, int from, int to, String what, TaskRun run, Caller caller) {
        for (int asked = 0; ; asked++) {
            TaskView task = bus.request(TaskApi.GET, new TaskApi.Get(taskId), caller.within(ANSWER));
            if (task.state() == TaskState.SUCCEEDED) {
                return Nothing.NOTHING;
            }
            Failure why = task.failure();
            if (why != null && task.state() != TaskState.UNDOING) {
                throw failed(what, why);
            }
            run.progress(from + (to - from) * task.progress() / HUNDRED, task.moved());
            run.rest(FIRST_PAUSE.multipliedBy(1L << Math.min(asked, DOUBLINGS)));
        }
    }

    /** It was waited for already: to wait once more would only hide the reason. */
    private static FailureException failed(String what, Failure why) {
        FailureCode code = why.code().isTransient() ? FailureCode.STORAGE : why.code();
        return FailureException.of(
                code == FailureCode.CANCELLED ? FailureCode.CONFLICT : code, what + ": " + why.message());
    }
}
