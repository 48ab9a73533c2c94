package io.limiquantix.runtime.bus;

/**
 * Answers one kind of request. Runs on a virtual thread of its own and may block; several run at once. Refuses by
 * throwing {@link io.limiquantix.bus.FailureException}.
 */
@FunctionalInterface
public interface Handler<Q extends Record, R extends Record> {
    R handle(Q request, Caller caller);
}
