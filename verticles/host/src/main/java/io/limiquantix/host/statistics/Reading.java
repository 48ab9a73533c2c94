package io.limiquantix.host.statistics;

import java.util.Map;

/**
 * What was read of one subject: counters as they stand, the rest as it is, by the names of their series.
 *
 * @param life another one when the subject began anew and its counters with it
 */
record Reading(long life, Map<String, Double> values) {
    Reading {
        values = Map.copyOf(values);
    }
}
