package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.TemplateApi.Families;
import io.limiquantix.bus.compute.TemplateApi.Family;
import io.limiquantix.bus.compute.TemplateApi.ListTemplates;
import io.limiquantix.bus.compute.TemplateApi.Version;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Families of templates as clients see them. */
final class TemplateViews {
    private static final int MOST_ITEMS = 1_000;

    private final Database database;
    private final TemplateStore store;
    private final HostDirectory hosts;

    TemplateViews(Database database, TemplateStore store, HostDirectory hosts) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
    }

    private record Found(List<String> names, Map<String, List<StoredVm>> versions, Map<UUID, Integer> dependents) {}

    Families list(ListTemplates wish, Caller caller) {
        int limit = wish.page().limit();
        if (limit < 1 || limit > MOST_ITEMS) {
            throw FailureException.invalid("limit", "A page has 1 to " + MOST_ITEMS + " items.");
        }
        String after = nameIn(wish.page().cursor());
        Found found = database.transaction(tx -> found(tx, wish, after));
        Map<UUID, HostView> known = hosts.known(caller);
        List<Family> all =
                found.names().stream().map(name -> family(name, found, known)).toList();
        List<Family> page = PageRoom.fitting(all, limit, Function.identity());
        return new Families(
                page, page.size() < all.size() ? cursorAfter(page.getLast().name()) : null);
    }

    private Found found(Transaction tx, ListTemplates wish, @Nullable String after) {
        List<String> names = store.families(tx, wish, after);
        List<StoredVm> versions = store.versions(tx, names);
        return new Found(
                names,
                versions.stream()
                        .collect(Collectors.groupingBy(vm -> templateOf(vm).family())),
                store.dependents(tx, versions.stream().map(StoredVm::id).toList()));
    }

    private static Template templateOf(StoredVm vm) {
        return Objects.requireNonNull(vm.template(), "only templates were asked for");
    }

    private static Family family(String name, Found found, Map<UUID, HostView> known) {
        return new Family(
                name,
                Objects.requireNonNullElse(found.versions().get(name), List.<StoredVm>of()).stream()
                        .map(vm -> version(
                                vm,
                                vm.hostId() == null ? null : known.get(vm.hostId()),
                                found.dependents().getOrDefault(vm.id(), 0)))
                        .toList());
    }

    private static Version version(StoredVm vm, @Nullable HostView host, int dependents) {
        Template template = templateOf(vm);
        return new Version(
                vm.id(),
                vm.name(),
                vm.phase(),
                template.version(),
                template.note(),
                template.since(),
                vm.disks().stream().mapToLong(Disk::sizeBytes).sum(),
                vm.hostId(),
                host == null ? null : host.name(),
                vm.disks().isEmpty() ? null : vm.disks().getFirst().imageId(),
                dependents);
    }

    private static String cursorAfter(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String nameIn(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw FailureException.invalid("cursor", "This cursor is not one that a list of templates returned.");
        }
    }
}
