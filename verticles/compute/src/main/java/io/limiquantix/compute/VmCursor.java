package io.limiquantix.compute;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.ComputeApi.ListVms;
import io.limiquantix.bus.compute.ComputeApi.VmSort;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between which VMs a page begins.
 *
 * @param backwards whether the page is the one before; otherwise it is the one after
 * @param key what the VM at this place is sorted by, before its name
 * @param name its name in lower case
 */
record VmCursor(VmSort sort, boolean descending, boolean backwards, String key, String name) {
    static VmSort sortOf(ListVms wish) {
        return Objects.requireNonNullElse(wish.sort(), VmSort.NAME);
    }

    /** Absent for the first page; refused when it is of a list in another order. */
    static @Nullable VmCursor of(ListVms wish) {
        String text = wish.page().cursor();
        if (text == null) {
            return null;
        }
        try {
            VmCursor cursor = Wire.json().readValue(Base64.getUrlDecoder().decode(text), VmCursor.class);
            if (isOf(wish, cursor)) {
                return cursor;
            }
        } catch (IOException | IllegalArgumentException notOurs) {
            // Answered like one of another list.
        }
        throw FailureException.invalid("cursor", "This cursor is not one that a list of VMs in this order returned.");
    }

    // What a client sends may lack anything.
    private static boolean isOf(ListVms wish, @Nullable VmCursor cursor) {
        return cursor != null
                && cursor.sort() == sortOf(wish)
                && cursor.descending() == wish.descending()
                && cursor.key() != null
                && cursor.name() != null;
    }

    static String at(ListVms wish, boolean backwards, ListedVm place) {
        VmCursor cursor = new VmCursor(sortOf(wish), wish.descending(), backwards, place.key(), place.lowerName());
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Wire.json().writeValueAsBytes(cursor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a cursor has no JSON form", e);
        }
    }
}
