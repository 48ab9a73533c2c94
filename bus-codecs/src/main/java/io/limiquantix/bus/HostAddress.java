package io.limiquantix.bus;

import java.util.UUID;

/** An address that each host has for itself: exactly one process answers it. */
public record HostAddress<Q extends Record, R extends Record>(
        String name, Class<Q> request, Class<R> reply, Effect effect) {

    public static <Q extends Record, R extends Record> HostAddress<Q, R> reading(
            String name, Class<Q> request, Class<R> reply) {
        return new HostAddress<>(name, request, reply, Effect.READ);
    }

    public static <Q extends Record, R extends Record> HostAddress<Q, R> changing(
            String name, Class<Q> request, Class<R> reply) {
        return new HostAddress<>(name, request, reply, Effect.CHANGE);
    }

    /** The address of this request at one host. */
    public HostDestination<Q, R> at(UUID hostId) {
        return new HostDestination<>(this, hostId);
    }
}
