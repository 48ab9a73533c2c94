package io.limiquantix.gateway.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one of those who keep a history knows of it, newest first.
 *
 * @param more whether there is more before the last one
 */
record Share(List<Placed> entries, boolean more) {
    record Placed(Place place, Entry entry) {}

    /**
     * @param items newest first
     * @param more whether there is more after the last one
     */
    record Merged(List<Placed> items, boolean more) {}

    /** The newest of all shares; no further than the share that ends first, as nobody knows what comes after. */
    static Merged merge(List<Share> shares, int limit) {
        List<Deque<Placed>> left = shares.stream()
                .map(share -> (Deque<Placed>) new ArrayDeque<>(share.entries()))
                .toList();
        List<Placed> merged = new ArrayList<>();
        while (merged.size() < limit) {
            Deque<Placed> newest = null;
            for (int i = 0; i < left.size(); i++) {
                Placed head = left.get(i).peek();
                if (head == null && shares.get(i).more()) {
                    return new Merged(merged, true);
                }
                if (head != null && (newest == null || isFirst(head, newest))) {
                    newest = left.get(i);
                }
            }
            if (newest == null) {
                return new Merged(merged, false);
            }
            merged.add(newest.remove());
        }
        boolean more = left.stream().anyMatch(rest -> !rest.isEmpty())
                || shares.stream().anyMatch(Share::more);
        return new Merged(merged, more);
    }

    private static boolean isFirst(Placed head, Deque<Placed> other) {
        return Place.NEWEST_FIRST.compare(head.place(), other.element().place()) < 0;
    }
}
