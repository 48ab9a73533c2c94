package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.ListVms;
import io.limiquantix.bus.compute.ComputeApi.TemplateChoice;
import io.limiquantix.bus.compute.ComputeApi.VmSort;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.database.Transaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs are asked for, as SQL: what was not asked for is not in the statement, so that the database plans for what was. Only values
 * come from clients, and they are parameters.
 */
final class VmListQuery {
    private final List<Object> parameters = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    private VmListQuery(ListVms wish) {
        add(wish.search(), "position(lower(%s) in lower_name) > 0");
        add(wish.folder(), "(folder = %1$s or starts_with(folder, %1$s || '/'))");
        addLabel(wish.label());
        add(wish.state() == null ? null : wish.state().name(), "state = %s");
        add(wish.hostId(), "host_id = %s");
        add(wish.poolId() == null ? null : diskIn(wish.poolId()), "disks @> %s");
        add(wish.system(), "position(lower(%s) in system) > 0");
        switch (Objects.requireNonNullElse(wish.templates(), TemplateChoice.EXCLUDE)) {
            case EXCLUDE -> conditions.add("template_family is null");
            case ONLY -> conditions.add("template_family is not null");
            case INCLUDE -> {
                // Nothing is left out.
            }
        }
    }

    /** How many there are on all pages together. */
    static long count(Transaction tx, ListVms wish) {
        VmListQuery query = new VmListQuery(wish);
        return tx.queryOne(
                        "select count(*) as total from compute.vms" + query.where(),
                        row -> row.number("total"),
                        query.parameters.toArray())
                .orElseThrow();
    }

    /**
     * In the order in which they are read from the cursor on, so those before it the nearest first; one more than the page holds, where
     * there are so many.
     *
     * @param hosts by whose names they may be sorted
     */
    static List<ListedVm> page(Transaction tx, ListVms wish, @Nullable VmCursor cursor, Collection<HostView> hosts) {
        VmListQuery query = new VmListQuery(wish);
        String statement = query.statement(wish, cursor, hosts);
        VmSort sort = VmCursor.sortOf(wish);
        return tx.query(statement, row -> ListedVm.of(row, sort), query.parameters.toArray());
    }

    private String statement(ListVms wish, @Nullable VmCursor cursor, Collection<HostView> hosts) {
        VmSort sort = VmCursor.sortOf(wish);
        String from = sort == VmSort.HOST
                ? "select vms.*, host.name as host_name from compute.vms left join " + named(hosts)
                        + " on host.id = vms.host_id"
                : "select * from compute.vms";
        @Nullable String key = key(sort);
        boolean down = wish.descending() ^ (cursor != null && cursor.backwards());
        if (cursor != null) {
            conditions.add(beyond(cursor, key, down ? "<" : ">"));
        }
        String direction = down ? " desc" : "";
        return from + where() + " order by " + (key == null ? "" : key + direction + ", ") + "lower_name" + direction
                + " limit " + parameter(wish.page().limit() + 1);
    }

    private static @Nullable String key(VmSort sort) {
        return switch (sort) {
            case NAME -> null;
            case STATE -> "state";
            case VCPUS -> "vcpus";
            case MEMORY -> "memory_bytes";
            case HOST -> "coalesce(host.name, '') collate \"C\"";
            case FOLDER -> "coalesce(folder, '')";
            case SYSTEM -> "coalesce(system, '')";
            case CREATED -> "created_at";
        };
    }

    private String beyond(VmCursor place, @Nullable String key, String than) {
        if (key == null) {
            return "lower_name " + than + " " + parameter(place.name());
        }
        Object value =
                switch (place.sort()) {
                    case VCPUS, MEMORY -> read(place, Long::valueOf);
                    case CREATED -> read(place, Instant::parse);
                    case NAME, STATE, HOST, FOLDER, SYSTEM -> place.key();
                };
        return "(" + key + ", lower_name) " + than + " (" + parameter(value) + ", " + parameter(place.name()) + ")";
    }

    private static <T> T read(VmCursor place, Function<String, T> reader) {
        try {
            return reader.apply(place.key());
        } catch (NumberFormatException | DateTimeException notOurs) {
            throw FailureException.invalid("cursor", "This cursor is not one that a list of VMs returned.");
        }
    }

    private String named(Collection<HostView> hosts) {
        UUID[] ids = hosts.stream().map(HostView::id).toArray(UUID[]::new);
        String[] names =
                hosts.stream().map(host -> host.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
        return "unnest(" + parameter(ids) + "::uuid[], " + parameter(names) + "::text[]) as host (id, name)";
    }

    private void addLabel(@Nullable String label) {
        if (label == null) {
            return;
        }
        String[] parts = label.split("=", 2);
        if (parts.length == 1) {
            conditions.add("labels->>" + parameter(parts[0]) + "::text is not null");
        } else {
            conditions.add("labels->>" + parameter(parts[0]) + "::text = " + parameter(parts[1]));
        }
    }

    private static JsonArray diskIn(UUID pool) {
        return JsonArray.of(JsonObject.of("poolId", pool.toString()));
    }

    private void add(@Nullable Object value, String condition) {
        if (value != null) {
            conditions.add(condition.formatted(parameter(value)));
        }
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }
}
