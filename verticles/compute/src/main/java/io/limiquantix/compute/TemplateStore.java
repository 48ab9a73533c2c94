package io.limiquantix.compute;

import io.limiquantix.bus.compute.TemplateApi.Find;
import io.limiquantix.bus.compute.TemplateApi.ListTemplates;
import io.limiquantix.runtime.database.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What makes VMs templates in the database, and which version each is of its family. */
final class TemplateStore {
    /** Makes it the next version of its family, which no other VM gets, also when this one is deleted. */
    void convert(Transaction tx, UUID vmId, String family, String note) {
        long version = tx.queryOne(
                        "insert into compute.template_families (name, newest_version) values ($1, 1) on conflict (name)"
                                + " do update set newest_version = template_families.newest_version + 1"
                                + " returning newest_version",
                        row -> row.number("newest_version"),
                        family)
                .orElseThrow();
        VmStore.change(
                tx,
                vmId,
                tx.update(
                        "update compute.vms set template_family = $2, template_version = $3, template_note = $4,"
                                + " template_since = now(), changed_at = now(), version = version + 1 where id = $1",
                        vmId,
                        family,
                        (int) version,
                        note));
    }

    void convertBack(Transaction tx, UUID vmId) {
        VmStore.change(
                tx,
                vmId,
                tx.update(
                        "update compute.vms set template_family = null, template_version = null, template_note = null,"
                                + " template_since = null, changed_at = now(), version = version + 1 where id = $1",
                        vmId));
    }

    void describe(Transaction tx, UUID vmId, String note) {
        VmStore.change(
                tx,
                vmId,
                tx.update(
                        "update compute.vms set template_note = $2, changed_at = now(), version = version + 1"
                                + " where id = $1 and template_note <> $2",
                        vmId,
                        note));
    }

    /** The version that is asked for; without one, the newest that VMs can be deployed from. */
    Optional<UUID> find(Transaction tx, Find wish) {
        return tx.queryOne(
                "select id from compute.vms where template_family = $1"
                        + " and (template_version = $2 or ($2::int is null and phase = 'READY'))"
                        + " order by template_version desc limit 1",
                row -> row.uuid("id"),
                wish.family(),
                wish.version());
    }

    /** The names of families behind the one that is given, in their order, one more than the page holds where there are so many. */
    List<String> families(Transaction tx, ListTemplates wish, @Nullable String after) {
        return tx.query(
                "select distinct template_family from compute.vms where template_family is not null"
                        + " and ($1::text is null or template_family > $1 collate \"C\")"
                        + " and ($2::text is null or position(lower($2) in lower(template_family)) > 0)"
                        + " order by template_family limit $3",
                row -> row.text("template_family"),
                after,
                wish.search(),
                wish.page().limit() + 1);
    }

    /** All versions of the families, newest first within each. */
    List<StoredVm> versions(Transaction tx, Collection<String> families) {
        return tx.query(
                "select * from compute.vms where template_family = any($1) order by template_family, template_version desc",
                StoredVm::of,
                (Object) families.toArray(String[]::new));
    }

    /** How many VMs need the disks of each; those that none needs are absent. */
    Map<UUID, Integer> dependents(Transaction tx, Collection<UUID> vmIds) {
        record Count(UUID vmId, int clones) {}
        return tx
                .query(
                        "select source_id, count(*) as clones from compute.clones where source_id = any($1) group by source_id",
                        row -> new Count(row.uuid("source_id"), (int) row.number("clones")),
                        (Object) vmIds.toArray(UUID[]::new))
                .stream()
                .collect(Collectors.toMap(Count::vmId, Count::clones));
    }
}
