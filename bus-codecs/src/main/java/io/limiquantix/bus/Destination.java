package io.limiquantix.bus;

/**
 * Where a request goes and what comes back.
 *
 * @param <Q> the request's record
 * @param <R> the reply's record
 */
public sealed interface Destination<Q extends Record, R extends Record> permits ServiceAddress, HostDestination {
    /** The address on the event bus. */
    String address();

    Class<Q> request();

    Class<R> reply();

    Effect effect();
}
