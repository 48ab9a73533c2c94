package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CustomizationApi.ListSpecs;
import io.limiquantix.bus.compute.CustomizationApi.Specs;
import io.limiquantix.bus.compute.CustomizationSpecView;
import io.limiquantix.runtime.bus.PageRoom;
import io.limiquantix.runtime.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Customization specs a page at a time, by their names. */
final class CustomizationPages {
    private static final int MOST_ITEMS = 1_000;

    private final Database database;
    private final CustomizationStore store;

    CustomizationPages(Database database, CustomizationStore store) {
        this.database = database;
        this.store = store;
    }

    Specs list(ListSpecs request) {
        int limit = request.page().limit();
        if (limit < 1 || limit > MOST_ITEMS) {
            throw FailureException.invalid("limit", "A page has 1 to " + MOST_ITEMS + " items.");
        }
        String after = nameIn(request.page().cursor());
        List<CustomizationSpecView> all = database.transaction(tx -> store.list(tx, request, after)).stream()
                .map(StoredSpec::view)
                .toList();
        List<CustomizationSpecView> page = PageRoom.fitting(all, limit, Function.identity());
        return new Specs(
                page, page.size() < all.size() ? cursorAfter(page.getLast().name()) : null);
    }

    private static String cursorAfter(String name) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String nameIn(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw FailureException.invalid(
                    "cursor", "This cursor is not one that a list of customization specs returned.");
        }
    }
}
