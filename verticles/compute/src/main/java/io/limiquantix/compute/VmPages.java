package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.ListVms;
import io.limiquantix.bus.compute.ComputeApi.VmSort;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of VMs, page by page, forwards and backwards. */
final class VmPages {
    private static final int MOST_ITEMS = 1_000;

    private final Database database;
    private final VmViews views;
    private final HostDirectory hosts;

    VmPages(Database database, VmViews views, HostDirectory hosts) {
        this.database = database;
        this.views = views;
        this.hosts = hosts;
    }

    private record Found(
            List<ListedVm> listed,
            VmViews.Rows rows,
            @Nullable Long total) {}

    ComputeApi.Vms list(ListVms wish, Caller caller) {
        int limit = wish.page().limit();
        if (limit < 1 || limit > MOST_ITEMS) {
            throw FailureException.invalid("limit", "A page has 1 to " + MOST_ITEMS + " items.");
        }
        VmCursor cursor = VmCursor.of(wish);
        Collection<HostView> named =
                wish.sort() == VmSort.HOST ? hosts.known(caller).values() : List.of();
        Found found = database.transaction(tx -> found(tx, wish, cursor, named));
        List<VmView> all = views.views(found.rows(), caller);
        List<VmView> fitting = PageRoom.fitting(all, limit, Function.identity());
        return page(wish, cursor, found, fitting);
    }

    private Found found(Transaction tx, ListVms wish, @Nullable VmCursor cursor, Collection<HostView> named) {
        List<ListedVm> listed = VmListQuery.page(tx, wish, cursor, named);
        VmViews.Rows rows =
                views.withTasks(tx, listed.stream().map(ListedVm::vm).toList());
        return new Found(listed, rows, wish.counted() ? VmListQuery.count(tx, wish) : null);
    }

    private static ComputeApi.Vms page(ListVms wish, @Nullable VmCursor cursor, Found found, List<VmView> fitting) {
        if (fitting.isEmpty()) {
            return new ComputeApi.Vms(List.of(), null, null, found.total());
        }
        boolean more = fitting.size() < found.listed().size();
        ListedVm nearest = found.listed().getFirst();
        ListedVm farthest = found.listed().get(fitting.size() - 1);
        if (cursor != null && cursor.backwards()) {
            return new ComputeApi.Vms(
                    fitting.reversed(),
                    VmCursor.at(wish, false, nearest),
                    more ? VmCursor.at(wish, true, farthest) : null,
                    found.total());
        }
        return new ComputeApi.Vms(
                fitting,
                more ? VmCursor.at(wish, false, farthest) : null,
                cursor == null ? null : VmCursor.at(wish, true, nearest),
                found.total());
    }
}
