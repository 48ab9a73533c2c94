package io.limiquantix.compute.customization;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.CustomizationApi.ListSpecs;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The customization specs in the database. Whatever a client can see is noted as a change with it. */
public final class CustomizationStore {
    private static final String KIND = "customizationSpec";

    /**
     * @param setup sealed
     * @throws FailureException {@code CONFLICT} when its name is another's
     */
    void add(Transaction tx, UUID id, UUID operationId, SpecWish wish, GuestSetup setup) {
        named(
                wish.name(),
                () -> tx.update(
                        "insert into compute.customization_specs (id, operation_id, name, description, host_name_pattern,"
                                + " cloud_init, cloudbase) values ($1, $2, $3, $4, $5, $6, $7)",
                        id,
                        operationId,
                        wish.name(),
                        wish.description(),
                        wish.hostNamePattern(),
                        setup instanceof CloudInit linux ? Json.of(linux) : null,
                        setup instanceof Cloudbase windows ? Json.of(windows) : null));
        tx.changed(KIND, id, Change.CREATED);
    }

    /** As {@link #add}, in place of what is there. */
    void replace(Transaction tx, UUID id, SpecWish wish, GuestSetup setup) {
        named(
                wish.name(),
                () -> tx.update(
                        "update compute.customization_specs set name = $2, description = $3, host_name_pattern = $4,"
                                + " cloud_init = $5, cloudbase = $6, changed_at = now(), version = version + 1 where id = $1",
                        id,
                        wish.name(),
                        wish.description(),
                        wish.hostNamePattern(),
                        setup instanceof CloudInit linux ? Json.of(linux) : null,
                        setup instanceof Cloudbase windows ? Json.of(windows) : null));
        tx.changed(KIND, id, Change.CHANGED);
    }

    private static void named(String name, Runnable write) {
        try {
            write.run();
        } catch (DatabaseException e) {
            if (!"customization_specs_name".equals(e.violatedUnique())) {
                throw e;
            }
            throw new FailureException(new Failure(
                    FailureCode.CONFLICT,
                    "There is already a customization spec called " + name + ".",
                    Map.of("field", "name")));
        }
    }

    Optional<StoredSpec> find(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.customization_specs where id = $1", StoredSpec::of, id);
    }

    StoredSpec get(Transaction tx, UUID id) {
        return find(tx, id).orElseThrow(() -> missing(id));
    }

    /** What the operation made before. */
    Optional<StoredSpec> madeBy(Transaction tx, UUID operationId) {
        return tx.queryOne(
                "select * from compute.customization_specs where operation_id = $1", StoredSpec::of, operationId);
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<StoredSpec> lock(Transaction tx, UUID id) {
        return tx.queryOne("select * from compute.customization_specs where id = $1 for update", StoredSpec::of, id);
    }

    static FailureException missing(UUID id) {
        return FailureException.notFound("There is no customization spec " + id + ".");
    }

    /** One more than the page holds, where there are so many. */
    List<StoredSpec> list(Transaction tx, ListSpecs wish, @Nullable String afterName) {
        return tx.query(
                "select * from compute.customization_specs where ($1::text is null or lower(name) collate \"C\" > $1"
                        + " collate \"C\") and ($2::text is null or position(lower($2) in lower(name)) > 0)"
                        + " order by lower(name) collate \"C\" limit $3",
                StoredSpec::of,
                afterName,
                wish.search(),
                wish.page().limit() + 1);
    }

    void remove(Transaction tx, UUID id) {
        if (tx.update("delete from compute.customization_specs where id = $1", id) == 1) {
            tx.changed(KIND, id, Change.DELETED);
        }
    }
}
