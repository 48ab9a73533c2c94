package io.limiquantix.bus;

import java.util.UUID;

/** A {@link HostAddress} at one host. */
public record HostDestination<Q extends Record, R extends Record>(HostAddress<Q, R> of, UUID hostId)
        implements Destination<Q, R> {

    @Override
    public String address() {
        return of.name() + "@" + hostId;
    }

    @Override
    public Class<Q> request() {
        return of.request();
    }

    @Override
    public Class<R> reply() {
        return of.reply();
    }

    @Override
    public Effect effect() {
        return of.effect();
    }
}
