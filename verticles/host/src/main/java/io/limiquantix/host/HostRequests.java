package io.limiquantix.host;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.host.journal.Operations;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.bus.Handler;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Answers requests to this host; each change is done once. */
public final class HostRequests {
    private final Bus bus;
    private final UUID hostId;
    private final Operations operations;

    HostRequests(Bus bus, UUID hostId, Operations operations) {
        this.bus = bus;
        this.hostId = hostId;
        this.operations = operations;
    }

    /** A request that changes nothing, or whose answer is of no use twice, as a ticket is. */
    public <Q extends Record, R extends Record> void answer(HostAddress<Q, R> address, Handler<Q, R> handler) {
        bus.serve(address, hostId, handler);
    }

    /** A request whose repetition gets the first one's answer. */
    public <Q extends Record, R extends Record> void perform(HostAddress<Q, R> address, Handler<Q, R> handler) {
        if (address.effect() != Effect.CHANGE) {
            throw new IllegalArgumentException(address.name() + " changes nothing");
        }
        bus.serve(
                address,
                hostId,
                (request, caller) ->
                        operations.once(identity(caller), address.reply(), () -> handler.handle(request, caller)));
    }

    /** A change that is not to happen again with each delivery; the look at what came of it is. */
    public <Q extends Record, R extends Record> void performAtMostOnce(
            HostAddress<Q, R> address, BiConsumer<Q, Caller> change, Handler<Q, R> look) {
        bus.serve(
                address,
                hostId,
                (request, caller) -> operations.atMostOnce(
                        identity(caller),
                        address.reply(),
                        () -> change.accept(request, caller),
                        () -> look.handle(request, caller)));
    }

    private static Operations.Identity identity(Caller caller) {
        return new Operations.Identity(caller.operationId(), caller.epoch(), caller.deadline());
    }
}
