package io.limiquantix.guest;

import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.time.Chore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Knows what can be known of the inside of guests. */
public final class GuestAgentsVerticle extends VerticleBase {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ControlPlane plane;
    private Optional<Chore> asking = Optional.empty();

    public GuestAgentsVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        Clock clock = plane.platform().clock();
        Guests guests = new Guests();
        Questions questions = new Questions(bus, clock, guests);
        GuestRounds rounds = new GuestRounds(guests, questions, clock);
        bus.serve(
                GuestApi.ASK,
                (request, caller) -> questions.ask(new Guests.Guest(request.vmId(), request.hostId()), caller));
        bus.subscribe(HostApi.REPORTED, report -> guests.hear(report, clock.instant()));
        bus.subscribe(HostApi.DOMAIN_CHANGED, event -> guests.hear(event.hostId(), event.domain(), clock.instant()));
        asking = Optional.of(Chore.every(PAUSE, "guest-rounds", rounds::round));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        asking.ifPresent(Chore::close);
        return Future.succeededFuture();
    }
}
