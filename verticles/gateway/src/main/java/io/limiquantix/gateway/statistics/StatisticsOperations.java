package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.StatisticsApi.Read;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.gateway.contract.InvalidRequestException;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.statistics.LatestSamples.Latest;
import io.limiquantix.gateway.statistics.StatisticsBody.LatestBody;
import io.limiquantix.gateway.statistics.StatisticsBody.LatestSeries;
import io.limiquantix.runtime.bus.Bus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What VMs and hosts use, now and over time. */
public final class StatisticsOperations {
    private static final Duration USUAL_SPAN = Duration.ofHours(1);

    private final Bus bus;
    private final KeptStatistics kept;
    private final LatestSamples latest;
    private final Clock clock;

    public StatisticsOperations(Bus bus, LatestSamples latest, Clock clock) {
        this.bus = bus;
        this.kept = new KeptStatistics(bus);
        this.latest = latest;
        this.clock = clock;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("getVmStatistics", (Plain) this::ofVm);
        operations.put("getLatestVmStatistics", (Plain) this::latestOfVm);
        operations.put("getHostStatistics", (Plain) this::ofHost);
        operations.put("getLatestHostStatistics", (Plain) this::latestOfHost);
    }

    private Answer ofVm(ApiRequest request) {
        VmView vm = vm(request);
        Read wanted = wanted(request, vm.id());
        UUID hostId = vm.hostId();
        if (hostId == null) {
            return Answer.ok(new StatisticsBody(
                    null,
                    Instant.ofEpochSecond(wanted.fromSeconds()),
                    Instant.ofEpochSecond(wanted.untilSeconds()),
                    0,
                    List.of(),
                    List.of(),
                    "The VM has no host, and a host would keep its numbers."));
        }
        String host = vm.hostName() == null ? hostId.toString() : vm.hostName();
        return Answer.ok(kept.read(hostId, host, wanted, request.caller()));
    }

    private Answer ofHost(ApiRequest request) {
        HostView host = host(request);
        return Answer.ok(kept.read(host.id(), host.name(), wanted(request, null), request.caller()));
    }

    private Answer latestOfVm(ApiRequest request) {
        VmView vm = vm(request);
        return Answer.ok(body(latest.vm(vm.id()), vm.hostId()));
    }

    private Answer latestOfHost(ApiRequest request) {
        HostView host = host(request);
        return Answer.ok(body(latest.host(host.id()), host.id()));
    }

    private VmView vm(ApiRequest request) {
        return bus.request(ComputeApi.GET, new ComputeApi.Vm(request.values().id("vmId")), request.caller());
    }

    private HostView host(ApiRequest request) {
        var wanted = new SchedulerApi.Host(request.values().id("hostId"));
        return bus.request(SchedulerApi.GET_HOST, wanted, request.caller());
    }

    private Read wanted(ApiRequest request, @Nullable UUID vmId) {
        Instant until = request.time("to").orElseGet(clock::instant);
        Instant from = request.time("from").orElseGet(() -> until.minus(USUAL_SPAN));
        if (from.isAfter(until)) {
            throw InvalidRequestException.of("from", "is after \"to\".");
        }
        Integer resolution = request.values().integer("resolution").orElse(null);
        return new Read(vmId, from.getEpochSecond(), until.getEpochSecond(), resolution, 0);
    }

    private static LatestBody body(Optional<Latest> found, @Nullable UUID hostId) {
        if (found.isEmpty()) {
            return new LatestBody(hostId, null, List.of());
        }
        Latest one = found.get();
        float[] numbers = one.current().floats();
        Map<String, float[]> measured = new HashMap<>();
        for (int i = 0; i < one.series().size(); i++) {
            measured.put(one.series().get(i), new float[] {numbers[i]});
        }
        List<LatestSeries> series = ShownSeries.of(measured).stream()
                .filter(shown -> Float.isFinite(shown.numbers()[0]))
                .map(s -> new LatestSeries(s.name(), s.kind(), s.device(), s.unit(), s.numbers()[0]))
                .toList();
        return new LatestBody(one.hostId(), Instant.ofEpochSecond(one.atSeconds()), series);
    }
}
