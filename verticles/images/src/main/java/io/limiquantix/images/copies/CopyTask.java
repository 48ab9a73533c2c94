package io.limiquantix.images.copies;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.images.copies.CopyStore.ReadyImage;
import io.limiquantix.images.copies.Sources.Source;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a copy of an image, as a durable task: from one source after the other, until one has given the whole file. */
final class CopyTask {
    static final String KIND = "image.bring";
    /** What its tasks work on. */
    static final String TARGET = "image-copy";
    /** A host that was restarted begins anew; one that does not come back is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int LOOKED = 2;
    private static final int CHECKED = 95;

    private final Database database;
    private final Sources sources;
    private final Transfer transfer;
    private final CopyStore store = new CopyStore();

    CopyTask(Database database, Bus bus) {
        this.database = database;
        this.sources = new Sources(database, bus);
        this.transfer = new Transfer(bus, sources);
    }

    /**
     * @param sha256 that of the image
     * @param there whether the copy was made before, so that there is nothing to do
     */
    record Input(UUID copyId, UUID imageId, UUID poolId, UUID hostId, String sha256, boolean there) {}

    /**
     * What came of trying one source.
     *
     * @param file that has arrived
     * @param problem why it has not
     */
    record Attempt(@Nullable ImageFile file, @Nullable String problem) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(KIND, Input.class, this::run);
    }

    Submission<Input> submission(ReadyImage image, StoredCopy copy, boolean there, UUID operationId, Actor actor) {
        var input = new Input(copy.id(), image.id(), copy.poolId(), copy.hostId(), image.sha256(), there);
        return new Submission<>(kind(), input, operationId, actor, TARGET, copy.id(), image.name());
    }

    private void run(Input input, TaskRun run) {
        if (input.there()) {
            run.step("look", Nothing.class).run(caller -> Nothing.NOTHING);
            return;
        }
        List<Source> used = new ArrayList<>();
        // Taken back last: a source that is away must not keep the place from whoever asks for it next.
        run.step("begin", Nothing.class)
                .orUndo(caller -> Nothing.NOTHING, caller -> used.forEach(source -> transfer.letGo(source, caller)));
        run.step("take the place", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> forget(input));
        Sources.Found found = run.step("look for sources", Sources.Found.class)
                .progress(LOOKED)
                .run(c -> sources.find(input, c));
        used.addAll(found.sources());
        ImageFile file = arrive(input, found, run);
        ImageReport report = run.step("check", ImageReport.class)
                .progress(CHECKED)
                .patience(PATIENCE)
                .run(caller -> transfer.admit(input, file, caller));
        run.pointOfNoReturn();
        run.step("enter", Nothing.class).progress(CHECKED).run(caller -> enter(input, report));
        run.settle();
        run.step("let the sources go", Nothing.class).run(caller -> letGo(found.sources(), run, caller));
    }

    private ImageFile arrive(Input input, Sources.Found found, TaskRun run) {
        List<String> problems = new ArrayList<>();
        for (Source source : found.sources()) {
            Attempt attempt = run.step(
                            "copy from " + source.hostName() + ", source " + (problems.size() + 1), Attempt.class)
                    .progress(Transfer.FETCHED)
                    .patience(PATIENCE)
                    .orUndo(
                            caller -> transfer.attempt(input, source, run, caller),
                            caller -> transfer.takeBack(input, caller));
            if (attempt.file() != null) {
                return attempt.file();
            }
            problems.add(source.hostName() + ": " + attempt.problem());
        }
        return run.step("give up", ImageFile.class).run(caller -> {
            throw FailureException.of(
                    FailureCode.STORAGE,
                    "No host that has the image could give it whole. " + String.join(" ", problems)
                            + " Try it again when one of them can be reached.");
        });
    }

    private Nothing enter(Input input, ImageReport report) {
        database.run(tx -> store.find(tx, input.copyId())
                .ifPresent(copy -> store.ready(tx, copy, report.sha256(), report.fileBytes())));
        return Nothing.NOTHING;
    }

    private Nothing forget(Input input) {
        database.run(tx -> store.find(tx, input.copyId())
                .filter(copy -> !copy.isReady())
                .ifPresent(copy -> store.delete(tx, copy)));
        return Nothing.NOTHING;
    }

    /** A source that is away keeps a file that nobody asks for; the copy is whole without it. */
    private Nothing letGo(List<Source> used, TaskRun run, Caller caller) {
        for (Source source : used) {
            try {
                transfer.letGo(source, caller);
            } catch (FailureException e) {
                if (e.code() == FailureCode.STALE_EPOCH) {
                    throw e;
                }
                run.log("The host " + source.hostName() + " could not be told that its file is not needed any more: "
                        + e.failure().message());
            }
        }
        return Nothing.NOTHING;
    }
}
