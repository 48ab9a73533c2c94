package io.limiquantix.compute.reconcile;

import java.util.Comparator;

/**
 * Which report of a host: a later process counts more than any number of an earlier one.
 *
 * @param process when the host's process began, in epoch milliseconds
 */
public record Mark(long process, long sequence) implements Comparable<Mark> {
    public static final Mark NONE = new Mark(0, 0);
    private static final Comparator<Mark> ORDER =
            Comparator.comparingLong(Mark::process).thenComparingLong(Mark::sequence);

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }

    public boolean isAfter(Mark other) {
        return compareTo(other) > 0;
    }
}
