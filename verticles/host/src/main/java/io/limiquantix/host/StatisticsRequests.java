package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Bring;
import io.limiquantix.host.statistics.HostStatistics;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;

/** Requests about what was measured. */
final class StatisticsRequests {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Bus bus;
    private final HostStatistics statistics;

    StatisticsRequests(Bus bus, HostStatistics statistics) {
        this.bus = bus;
        this.statistics = statistics;
    }

    void serve(HostRequests requests) {
        requests.answer(StatisticsApi.READ, (request, caller) -> statistics.read(request));
        requests.perform(StatisticsApi.BRING, this::bring);
    }

    private Nothing bring(Bring request, Caller caller) {
        statistics.bring(
                request.vmId(),
                read -> bus.request(StatisticsApi.READ.at(request.fromHostId()), read, caller.within(ANSWER)));
        return Nothing.NOTHING;
    }
}
