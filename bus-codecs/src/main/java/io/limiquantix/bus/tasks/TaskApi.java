package io.limiquantix.bus.tasks;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.ServiceAddress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Durable tasks, whoever runs them. */
public final class TaskApi {
    public static final ServiceAddress<Get, TaskView> GET =
            ServiceAddress.reading("tasks.get", Get.class, TaskView.class);
    public static final ServiceAddress<ListTasks, Tasks> LIST =
            ServiceAddress.reading("tasks.list", ListTasks.class, Tasks.class);

    /** The tasks of one thing by when they were submitted, without their logs; there are more where a cursor is answered, which is of no use. */
    public static final ServiceAddress<Past, Tasks> PAST =
            ServiceAddress.reading("tasks.past", Past.class, Tasks.class);

    /**
     * Asks a task to stop and to undo what it made. A task past its point of no return goes on to its end, and one that is
     * being undone goes on with that; one that has ended is refused with {@code CONFLICT}.
     */
    public static final ServiceAddress<Get, TaskView> CANCEL =
            ServiceAddress.changing("tasks.cancel", Get.class, TaskView.class);

    private TaskApi() {}

    public record Get(UUID taskId) {}

    /**
     * Newest first; filters are joined by "and". The log is left out of a list.
     *
     * @param kinds any of these; empty for all
     */
    public record ListTasks(
            Page page, @Nullable UUID targetId, @Nullable Boolean active, List<String> kinds) {
        public ListTasks {
            // Absent in what an earlier version asks.
            kinds = List.copyOf(Objects.requireNonNullElse(kinds, List.of()));
        }

        /** Of any kind. */
        public ListTasks(Page page, @Nullable UUID targetId, @Nullable Boolean active) {
            this(page, targetId, active, List.of());
        }
    }

    public record Tasks(List<TaskView> items, @Nullable String nextCursor) {
        public Tasks {
            items = List.copyOf(items);
        }
    }
}
