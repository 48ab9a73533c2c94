package io.limiquantix.gateway.history;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Past;
import io.limiquantix.bus.compute.VmEventApi;
import io.limiquantix.bus.compute.VmEventView;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.bus.identity.IdentityApi.NumberedEntry;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.gateway.history.Entry.Outcome;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history of a VM, of what compute, the tasks and the audit log each keep of it. */
public final class VmHistory {
    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    private final Bus bus;
    private final Clock clock;

    public VmHistory(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Which part of it is wanted.
     *
     * @param category absent for all
     * @param cursor absent for the newest
     */
    public record Wish(
            Past past,
            @Nullable Category category,
            @Nullable String cursor) {
        private boolean wants(Category one) {
            return category == null || category == one;
        }
    }

    /** @param nextCursor absent at the end */
    public record Entries(List<Entry> items, @Nullable String nextCursor) {}

    /** Refused with {@code NOT_FOUND} for whoever may not see the VM, and where nothing at all is kept of it. */
    public Entries read(Wish wish, Caller caller) {
        @Nullable Place after = wish.cursor() == null ? null : Place.of(wish.cursor());
        // Also where no events are wanted: it says whether the VM may be seen.
        var events = bus.request(VmEventApi.LIST, past(wish, after, Category.EVENT), caller);
        List<Share> shares = new ArrayList<>();
        if (wish.wants(Category.EVENT)) {
            shares.add(new Share(events.items().stream().map(VmHistory::entry).toList(), events.more()));
        }
        if (wish.wants(Category.TASK)) {
            shares.add(tasks(past(wish, after, Category.TASK), caller));
        }
        if (wish.wants(Category.ACTION)) {
            shares.add(actions(past(wish, after, Category.ACTION), caller));
        }
        Share.Merged merged = Share.merge(shares, wish.past().limit());
        List<Share.Placed> items = merged.items();
        if (items.isEmpty() && !events.vmExists()) {
            throw FailureException.notFound(
                    "There is no virtual machine " + wish.past().of() + ", and nothing is kept of one that was.");
        }
        return new Entries(
                items.stream().map(Share.Placed::entry).toList(),
                merged.more() && !items.isEmpty() ? items.getLast().place().cursor() : null);
    }

    private static Past past(Wish wish, @Nullable Place after, Category category) {
        Past past = wish.past();
        return after == null
                ? past
                : new Past(
                        past.of(),
                        past.kinds(),
                        past.by(),
                        past.from(),
                        past.to(),
                        after.before(category),
                        past.limit());
    }

    private Share tasks(Past past, Caller caller) {
        TaskApi.Tasks tasks = bus.request(TaskApi.PAST, past, caller);
        return new Share(tasks.items().stream().map(VmHistory::entry).toList(), tasks.nextCursor() != null);
    }

    /** What became a task is told by the task, for as long as that is kept. */
    private Share actions(Past past, Caller caller) {
        var wish = new IdentityApi.AuditOf(past, clock.instant().minus(Tasks.KEPT));
        IdentityApi.AuditPart audit = bus.request(IdentityApi.AUDIT_OF, wish, caller);
        return new Share(audit.items().stream().map(VmHistory::entry).toList(), audit.more());
    }

    private static Share.Placed entry(VmEventView event) {
        Place place = new Place(event.at(), Category.EVENT, String.valueOf(event.id()));
        boolean counted = event.times() > 1;
        return new Share.Placed(
                place,
                new Entry(
                        id(place),
                        event.at(),
                        Category.EVENT,
                        event.kind().name(),
                        event.vmName(),
                        null,
                        null,
                        event.text(),
                        counted ? event.times() : null,
                        event.lastAt(),
                        null,
                        null,
                        null));
    }

    private static Share.Placed entry(TaskView task) {
        UUID taskId = task.id();
        Place place = new Place(task.createdAt(), Category.TASK, taskId.toString());
        return new Share.Placed(
                place,
                new Entry(
                        id(place),
                        task.createdAt(),
                        Category.TASK,
                        task.kind(),
                        task.targetName(),
                        task.actor(),
                        outcome(task.state()),
                        task.failure() == null ? null : task.failure().message(),
                        null,
                        null,
                        taskId,
                        task.startedAt(),
                        task.endedAt()));
    }

    private static Outcome outcome(TaskState state) {
        return switch (state) {
            case QUEUED, RUNNING, UNDOING -> Outcome.UNDER_WAY;
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case FAILED -> Outcome.FAILED;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }

    /** From where somebody came, and whatever else they sent, is in the audit log only. */
    private static Share.Placed entry(NumberedEntry numbered) {
        AuditEntry audit = numbered.entry();
        Place place = new Place(audit.at(), Category.ACTION, String.valueOf(numbered.id()));
        return new Share.Placed(
                place,
                new Entry(
                        id(place),
                        audit.at(),
                        Category.ACTION,
                        audit.details().getOrDefault("operation", audit.action()),
                        audit.details().get("name"),
                        audit.userName(),
                        outcome(audit.outcome()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private static Outcome outcome(int status) {
        if (status >= FAILED) {
            return Outcome.FAILED;
        }
        return status >= REFUSED ? Outcome.REFUSED : Outcome.SUCCEEDED;
    }

    private static String id(Place place) {
        return place.category() + "-" + place.id();
    }
}
