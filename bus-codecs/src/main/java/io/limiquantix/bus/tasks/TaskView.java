package io.limiquantix.bus.tasks;

import io.limiquantix.bus.Failure;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as a person sees it.
 *
 * @param kind for instance {@code vm.create}
 * @param targetKind {@code vm}, {@code image}, {@code pool} or {@code volume}
 * @param progress 0 to 100
 * @param moved what the step under way has moved, where it moves bytes
 * @param step the step under way, or the last one
 * @param version grows with each change
 */
public record TaskView(
        UUID id,
        String kind,
        String targetKind,
        UUID targetId,
        String targetName,
        String actor,
        TaskState state,
        int progress,
        @Nullable Moved moved,
        @Nullable String step,
        boolean cancelRequested,
        @Nullable Failure failure,
        List<LogLine> log,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    public TaskView {
        log = List.copyOf(log);
    }

    public record LogLine(Instant at, String text) {}
}
