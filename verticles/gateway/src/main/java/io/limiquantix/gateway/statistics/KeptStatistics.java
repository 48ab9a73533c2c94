package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Columns;
import io.limiquantix.bus.host.StatisticsApi.Read;
import io.limiquantix.gateway.statistics.StatisticsBody.Series;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks a host for what it kept. */
final class KeptStatistics {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int MOST_TRIES = 3;

    private final Bus bus;

    KeptStatistics(Bus bus) {
        this.bus = bus;
    }

    /**
     * All series of the window.
     *
     * @param hostName what people call the host
     * @throws FailureException {@code UNAVAILABLE} when the host does not answer
     */
    StatisticsBody read(UUID hostId, String hostName, Read request, Caller caller) {
        try {
            return read(hostId, request, caller.within(PATIENCE));
        } catch (FailureException e) {
            if (e.code() == FailureCode.UNAVAILABLE || e.code() == FailureCode.TIMEOUT) {
                throw new FailureException(
                        Failure.of(
                                FailureCode.UNAVAILABLE,
                                "The host " + hostName + ", which keeps these numbers, does not answer."
                                        + " They can be read again when it does."),
                        e);
            }
            throw e;
        }
    }

    private StatisticsBody read(UUID hostId, Read request, Caller caller) {
        for (int tries = 1; ; tries++) {
            Columns first = ask(hostId, request, caller);
            Map<String, float[]> measured = new HashMap<>();
            take(first, measured);
            if (takeRest(hostId, request, first, measured, caller) || tries == MOST_TRIES) {
                return body(hostId, first, measured);
            }
        }
    }

    /** Answers false when the steps moved on between two messages. */
    private boolean takeRest(UUID hostId, Read request, Columns first, Map<String, float[]> measured, Caller caller) {
        long last = first.fromSeconds() + (first.count() - 1) * first.stepSeconds();
        while (measured.size() < first.seriesCount()) {
            Read more =
                    new Read(request.vmId(), first.fromSeconds(), last, request.resolutionSeconds(), measured.size());
            Columns next = ask(hostId, more, caller);
            if (next.fromSeconds() != first.fromSeconds()
                    || next.count() != first.count()
                    || next.series().isEmpty()) {
                return false;
            }
            take(next, measured);
        }
        return true;
    }

    private Columns ask(UUID hostId, Read request, Caller caller) {
        return bus.request(StatisticsApi.READ.at(hostId), request, caller);
    }

    private static void take(Columns columns, Map<String, float[]> measured) {
        columns.series().forEach(one -> measured.put(one.name(), one.floats().floats()));
    }

    private static StatisticsBody body(UUID hostId, Columns columns, Map<String, float[]> measured) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < columns.count(); i++) {
            times.add(columns.fromSeconds() + i * columns.stepSeconds());
        }
        List<Series> series = ShownSeries.of(measured).stream().map(Series::of).toList();
        return new StatisticsBody(
                hostId,
                Instant.ofEpochSecond(columns.fromSeconds()),
                Instant.ofEpochSecond(columns.fromSeconds() + columns.count() * columns.stepSeconds()),
                columns.stepSeconds(),
                times,
                series,
                columns.problem());
    }
}
