package io.limiquantix.runtime.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Waits until an image is where a disk is to begin as it. The copy is made by a task of its own, for everybody who waits: it goes on when
 * this one does not want it any more.
 */
public final class ImageBringing {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int HUNDRED = 100;

    private final Bus bus;
    /** That the user sees the image was found when the disk was asked for; a task does not know who administrators are. */
    private final Actor itself;

    /** @param service who waits, as the audit names it */
    public ImageBringing(Bus bus, String service) {
        this.bus = bus;
        this.itself = Actor.platform(service);
    }

    /**
     * Blocks the task's thread; the time that it takes is not limited as long as the copy goes on.
     *
     * @param from the progress of the task that waits when this begins
     * @param to and when it ends
     * @throws FailureException with the reason when the copy cannot be made
     */
    public Nothing await(ImageAt wanted, int from, int to, TaskRun run, Caller caller) {
        @Nullable UUID told = null;
        while (true) {
            TaskRef copying = bus.request(
                            ImagesApi.BRING, wanted, caller.as(itself).within(ANSWER))
                    .task();
            if (copying == null) {
                return Nothing.NOTHING;
            }
            TaskView task = bus.request(TaskApi.GET, new TaskApi.Get(copying.taskId()), caller.within(ANSWER));
            requireHope(task);
            if (!task.id().equals(told)) {
                run.log("Waiting for the image " + task.targetName() + ", which the task " + task.id()
                        + " copies to where the disk is to be.");
                told = task.id();
            }
            run.progress(from + (to - from) * task.progress() / HUNDRED);
            run.waitUntil(PAUSE, () -> false);
        }
    }

    private static void requireHope(TaskView task) {
        Failure why = task.failure();
        if (why != null) {
            // The copy was waited for already: to ask for the next one at once would only hide the reason.
            FailureCode code = why.code().isTransient() ? FailureCode.STORAGE : why.code();
            throw FailureException.of(
                    code == FailureCode.CANCELLED ? FailureCode.CONFLICT : code,
                    "The image " + task.targetName() + " could not be copied to where the disk is to be: "
                            + why.message());
        }
    }
}
