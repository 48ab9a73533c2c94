package io.limiquantix.gateway.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list, or all of it when there is no {@code nextCursor}. */
public record ListBody<T>(List<T> items, @Nullable String nextCursor) {

    static <T> ListBody<T> all(List<T> items) {
        return new ListBody<>(items, null);
    }
}
