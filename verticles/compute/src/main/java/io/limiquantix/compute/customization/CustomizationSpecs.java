package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.CustomizationApi;
import io.limiquantix.bus.compute.CustomizationApi.ChangeSpec;
import io.limiquantix.bus.compute.CustomizationApi.DeleteSpec;
import io.limiquantix.bus.compute.CustomizationApi.DuplicateSpec;
import io.limiquantix.bus.compute.CustomizationApi.KeptSecret;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.bus.compute.CustomizationSpecView;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers {@link CustomizationApi}. */
public final class CustomizationSpecs {
    private final Database database;
    private final CustomizationStore store;
    private final SetupSealing sealing;

    public CustomizationSpecs(Database database, CustomizationStore store, SetupSealing sealing) {
        this.database = database;
        this.store = store;
        this.sealing = sealing;
    }

    public void serve(Bus bus) {
        CustomizationPages pages = new CustomizationPages(database, store);
        bus.serve(CustomizationApi.CREATE, this::create);
        bus.serve(
                CustomizationApi.GET,
                (request, caller) -> database.transaction(
                        tx -> store.get(tx, request.specId()).view()));
        bus.serve(CustomizationApi.LIST, (request, caller) -> pages.list(request));
        bus.serve(CustomizationApi.CHANGE, (request, caller) -> change(request));
        bus.serve(CustomizationApi.DUPLICATE, this::duplicate);
        bus.serve(CustomizationApi.DELETE, (request, caller) -> delete(request));
    }

    private CustomizationSpecView create(SpecWish wish, Caller caller) {
        GuestSetup setup = sealing.seal(CustomizationRules.accept(wish));
        return made(caller, tx -> new Made(wish, setup));
    }

    private record Made(SpecWish wish, GuestSetup sealed) {}

    private interface Making {
        Made make(Transaction tx);
    }

    /** The same operation again answers with what it made. */
    private CustomizationSpecView made(Caller caller, Making making) {
        UUID operation = caller.operationId();
        try {
            return database.transaction(tx -> {
                Optional<StoredSpec> before = store.madeBy(tx, operation);
                if (before.isPresent()) {
                    return before.get().view();
                }
                Made made = making.make(tx);
                UUID id = Uuid7.next();
                store.add(tx, id, operation, made.wish(), made.sealed());
                return store.get(tx, id).view();
            });
        } catch (FailureException e) {
            // The same operation at the same moment: the other one of the two has the name.
            return database.transaction(tx -> store.madeBy(tx, operation))
                    .orElseThrow(() -> e)
                    .view();
        }
    }

    private CustomizationSpecView duplicate(DuplicateSpec request, Caller caller) {
        ThingName.require(request.name());
        return made(caller, tx -> {
            StoredSpec from = store.get(tx, request.specId());
            SpecWish wish = new SpecWish(
                    request.name(), from.description(), from.hostNames().text(), null, null);
            return new Made(wish, from.setup());
        });
    }

    private CustomizationSpecView change(ChangeSpec request) {
        return database.transaction(tx -> {
            StoredSpec before =
                    store.lock(tx, request.specId()).orElseThrow(() -> CustomizationStore.missing(request.specId()));
            VersionCheck.require("customization spec " + before.name(), request.expectedVersion(), before.version());
            SpecWish wish = withKept(request.wish(), sealing.open(before.setup()), request.forget());
            GuestSetup setup = CustomizationRules.accept(wish);
            refuseOtherKind(before, setup);
            store.replace(tx, before.id(), wish, sealing.seal(setup));
            return store.get(tx, before.id()).view();
        });
    }

    private static void refuseOtherKind(StoredSpec before, GuestSetup after) {
        if (before.setup().getClass() != after.getClass()) {
            throw FailureException.invalid(
                    after instanceof CloudInit ? "cloudInit" : "cloudbase",
                    "The customization spec " + before.name() + " is for " + CustomizationRules.program(before.setup())
                            + " and stays so; make another one for " + CustomizationRules.program(after) + ".");
        }
    }

    /** The wish with those secrets that it does not say and that are not to be forgotten. */
    private static SpecWish withKept(SpecWish wish, GuestSetup kept, List<KeptSecret> forget) {
        boolean keepsData = !forget.contains(KeptSecret.USER_DATA);
        @Nullable CloudInit linux = wish.cloudInit();
        @Nullable Cloudbase windows = wish.cloudbase();
        if (linux != null && kept instanceof CloudInit old) {
            boolean keepsPassword = linux.passwordHash() == null && !forget.contains(KeptSecret.PASSWORD);
            linux = keepsPassword ? linux.withPasswordHash(old.passwordHash()) : linux;
            linux = linux.userData() == null && keepsData ? linux.withUserData(old.userData()) : linux;
        }
        if (windows != null && windows.userData() == null && keepsData && kept instanceof Cloudbase old) {
            windows = windows.withUserData(old.userData());
        }
        return new SpecWish(wish.name(), wish.description(), wish.hostNamePattern(), linux, windows);
    }

    private Nothing delete(DeleteSpec request) {
        database.run(tx -> store.lock(tx, request.specId()).ifPresent(spec -> {
            VersionCheck.require("customization spec " + spec.name(), request.expectedVersion(), spec.version());
            store.remove(tx, spec.id());
        }));
        return Nothing.NOTHING;
    }
}
