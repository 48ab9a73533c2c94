package io.limiquantix.guest;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.guest.GuestApi;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Asks guests through their hosts, each by one question at a time: who asks meanwhile gets the same answer. */
final class Questions {
    private final Bus bus;
    private final Clock clock;
    private final Guests guests;
    private final Map<UUID, CompletableFuture<GuestReport>> underWay = new ConcurrentHashMap<>();

    Questions(Bus bus, Clock clock, Guests guests) {
        this.bus = bus;
        this.clock = clock;
        this.guests = guests;
    }

    /** Asks the guest and publishes what is new. */
    GuestReport ask(Guests.Guest guest, Caller caller) {
        CompletableFuture<GuestReport> mine = new CompletableFuture<>();
        CompletableFuture<GuestReport> other = underWay.putIfAbsent(guest.vmId(), mine);
        if (other != null) {
            return answerTo(other);
        }
        try {
            GuestReport report =
                    bus.request(DomainApi.ASK_AGENT.at(guest.hostId()), new DomainApi.Domain(guest.vmId()), caller);
            if (guests.answered(report, clock.instant())) {
                bus.publish(GuestApi.CHANGED, report);
            }
            mine.complete(report);
            return report;
        } catch (RuntimeException e) {
            guests.unanswered(guest.vmId(), clock.instant());
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(guest.vmId());
        }
    }

    private static GuestReport answerTo(CompletableFuture<GuestReport> question) {
        try {
            return question.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw new FailureException(failure.failure(), e);
            }
            throw e;
        }
    }
}
