package io.limiquantix.bus;

/** An address that any one of a service's instances answers. */
public record ServiceAddress<Q extends Record, R extends Record>(
        String address, Class<Q> request, Class<R> reply, Effect effect) implements Destination<Q, R> {

    public static <Q extends Record, R extends Record> ServiceAddress<Q, R> reading(
            String address, Class<Q> request, Class<R> reply) {
        return new ServiceAddress<>(address, request, reply, Effect.READ);
    }

    public static <Q extends Record, R extends Record> ServiceAddress<Q, R> changing(
            String address, Class<Q> request, Class<R> reply) {
        return new ServiceAddress<>(address, request, reply, Effect.CHANGE);
    }
}
