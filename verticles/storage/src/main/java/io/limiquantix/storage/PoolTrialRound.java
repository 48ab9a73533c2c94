package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.PoolStore.Definition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the hosts of a pool that answer use it by another definition, all at once, and perhaps as before again. */
final class PoolTrialRound {
    private static final Logger LOG = LoggerFactory.getLogger(PoolTrialRound.class);

    private final PoolHosts hosts;
    private final Caller caller;
    private final List<HostView> asked;

    /** Hosts that are down are not asked. */
    PoolTrialRound(PoolHosts hosts, PoolView pool, Caller caller) {
        this.hosts = hosts;
        this.caller = caller;
        Set<UUID> ofPool = pool.hosts().stream().map(OnHost::hostId).collect(Collectors.toSet());
        this.asked = hosts.known(caller).stream()
                .filter(host -> ofPool.contains(host.id()) && host.state() != HostView.State.DOWN)
                .toList();
    }

    /**
     * How it went.
     *
     * @param reports of those that use it so now
     * @param refusals by the names of the hosts; of one that did not answer in time it is unknown whether it uses it so
     */
    record Outcome(Map<UUID, PoolReport> reports, Map<String, FailureException> refusals) {
        Outcome {
            reports = Map.copyOf(reports);
            refusals = Map.copyOf(refusals);
        }

        /** @throws FailureException when a host refused, or none was there */
        void requireTaken(String poolName) {
            if (!refusals.isEmpty()) {
                String all = refusals.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> "Host " + each.getKey() + ": "
                                + each.getValue().failure().message())
                        .collect(Collectors.joining(" "));
                Failure first = refusals.values().iterator().next().failure();
                throw new FailureException(
                        new Failure(
                                first.code(),
                                all + " Nothing was changed in the pool " + poolName
                                        + "; hosts that tried the new settings are told to go back, those that do not answer now with their next report.",
                                first.details()),
                        refusals.values().iterator().next());
            }
            if (reports.isEmpty()) {
                throw FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "None of the hosts of the pool " + poolName
                                + " answers, so nobody can try the new settings. Nothing was changed.");
            }
        }
    }

    Outcome change(Definition to) {
        Map<UUID, PoolReport> reports = new ConcurrentHashMap<>();
        Map<String, FailureException> refusals = new ConcurrentHashMap<>();
        onEach(host -> {
            try {
                reports.put(host.id(), hosts.change(to, host.id(), false, caller));
            } catch (FailureException e) {
                // Nobody was there; the host is told when it is back.
                if (e.code() != FailureCode.UNAVAILABLE) {
                    refusals.put(host.name(), e);
                }
            }
        });
        return new Outcome(reports, refusals);
    }

    /** Those that cannot be asked now are told when they report. */
    void back(Definition to) {
        onEach(host -> {
            try {
                hosts.change(to, host.id(), true, caller);
            } catch (FailureException e) {
                LOG.warn(
                        "host {} could not be told to use pool {} as before: {}", host.name(), to.id(), e.getMessage());
            }
        });
    }

    private void onEach(Consumer<HostView> work) {
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            asked.forEach(host -> askers.execute(() -> work.accept(host)));
        }
    }
}
