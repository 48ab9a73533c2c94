package io.limiquantix.images.copies;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.images.copies.CopyStore.ReadyImage;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes a copy of an image, as a durable task. Nobody uses it any more from the moment when that begins. */
final class RemovalTask {
    /** Once a host was asked, nobody knows what is left of the copy until it has answered. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Bus bus;
    private final CopyStore store = new CopyStore();

    RemovalTask(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /** @param hostId which is asked */
    record Input(UUID copyId, UUID imageId, UUID poolId, UUID hostId) {}

    /** @param refusal why the host keeps it */
    record Outcome(@Nullable String refusal) {}

    TaskKind<Input> kind() {
        return new TaskKind<>("image.remove-copy", Input.class, this::run);
    }

    Submission<Input> submission(ReadyImage image, StoredCopy copy, UUID hostId, UUID operationId, Actor actor) {
        var input = new Input(copy.id(), image.id(), copy.poolId(), hostId);
        return new Submission<>(kind(), input, operationId, actor, CopyTask.TARGET, copy.id(), image.name());
    }

    private void run(Input input, TaskRun run) {
        run.pointOfNoReturn();
        Outcome outcome = run.step("delete", Outcome.class)
                .progress(80)
                .patience(PATIENCE)
                .run(caller -> delete(input, caller));
        run.step("enter", Nothing.class).progress(95).run(caller -> enter(input, outcome));
        String refusal = outcome.refusal();
        if (refusal != null) {
            run.step("say why not", Nothing.class).run(caller -> {
                throw FailureException.conflict(refusal);
            });
        }
    }

    private Outcome delete(Input input, Caller caller) {
        try {
            bus.request(
                    HostStorageApi.DELETE_IMAGE.at(input.hostId()),
                    new HostStorageApi.ImageName(input.poolId(), input.imageId()),
                    caller.within(HOST_PATIENCE));
            return new Outcome(null);
        } catch (FailureException e) {
            if (e.code() == FailureCode.CONFLICT) {
                return new Outcome(e.failure().message());
            }
            throw e;
        }
    }

    private Nothing enter(Input input, Outcome outcome) {
        database.run(tx -> store.find(tx, input.copyId()).ifPresent(copy -> {
            if (outcome.refusal() == null) {
                store.delete(tx, copy);
            } else {
                store.become(tx, copy, CopyState.READY);
            }
        }));
        return Nothing.NOTHING;
    }
}
