package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Wire;
import java.util.List;
import java.util.function.Function;

/** Keeps an answer with many items below the size of a message. */
public final class PageRoom {
    // A quarter is left for what is around the items, and for an item that grows between two lists.
    private static final int MOST_BYTES = Packet.MAX_BYTES / 4 * 3;

    private PageRoom() {}

    /**
     * The beginning of what was found, with no more items than the limit and no more bytes than a message holds, but always
     * with one item.
     *
     * @param sent what of each item is sent
     */
    public static <T> List<T> fitting(List<T> found, int limit, Function<T, ? extends Record> sent) {
        int most = Math.min(found.size(), limit);
        long bytes = 0;
        for (int i = 0; i < most; i++) {
            bytes += Wire.encode(sent.apply(found.get(i))).length;
            if (bytes > MOST_BYTES && i > 0) {
                return found.subList(0, i);
            }
        }
        return found.subList(0, most);
    }
}
