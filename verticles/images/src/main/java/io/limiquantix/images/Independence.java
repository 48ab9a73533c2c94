package io.limiquantix.images;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.StorageApi.Dependent;
import io.limiquantix.bus.storage.StorageApi.Dependents;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Lets volumes depend on an image no more, as the first part of its deletion. */
final class Independence {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Each volume is copied at the speed of its disk. */
    private static final Duration PATIENCE = Duration.ofHours(6);
    /** How far the task is when all are independent. */
    private static final int ALL = 70;

    private final Bus bus;

    Independence(Bus bus) {
        this.bus = bus;
    }

    /** Until there is none any more: one may have begun to be made just before. */
    void makeAll(UUID imageId, TaskRun run) {
        for (int round = 1; ; round++) {
            List<Dependent> volumes = run.step("look for volumes of " + imageId + ", " + round, Dependents.class)
                    .run(caller -> bus.request(StorageApi.LIST_DEPENDENTS, new StorageApi.Image(imageId), caller))
                    .volumes();
            if (volumes.isEmpty()) {
                return;
            }
            for (int i = 0; i < volumes.size(); i++) {
                Dependent volume = volumes.get(i);
                run.step("make " + volume.name() + " independent (" + volume.volumeId() + "), " + round, Nothing.class)
                        .progress(ALL * (i + 1) / volumes.size())
                        .patience(PATIENCE)
                        .run(caller -> make(volume, run, caller));
            }
        }
    }

    private Nothing make(Dependent volume, TaskRun run, Caller caller) {
        TaskRef ref = bus.request(
                StorageApi.MAKE_INDEPENDENT, new StorageApi.Volume(volume.volumeId()), caller.within(ANSWER));
        while (true) {
            TaskView task = bus.request(TaskApi.GET, new TaskApi.Get(ref.taskId()), caller.within(ANSWER));
            Failure why = task.failure();
            if (why != null) {
                throw FailureException.conflict(
                        "The volume " + volume.name() + " could not be made independent: " + why.message());
            }
            if (task.state().isFinal()) {
                return Nothing.NOTHING;
            }
            run.waitUntil(PAUSE, () -> false);
        }
    }
}
