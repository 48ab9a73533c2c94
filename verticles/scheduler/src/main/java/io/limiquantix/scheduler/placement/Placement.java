package io.limiquantix.scheduler.placement;

import io.limiquantix.bus.scheduler.HostView.State;
import io.limiquantix.bus.scheduler.SchedulerApi.Reserve;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Chooses the host for a VM: the least loaded of those that can take it. The same question gets the same answer. */
public final class Placement {
    private static final double GIB = 1L << 30;
    /** An image is copied once, and load is there for as long as the VMs: a host without it counts as so much more loaded. */
    private static final double WITHOUT_IMAGE = 0.1;

    private Placement() {}

    public static Decision decide(Reserve request, List<Candidate> inventory) {
        List<Candidate> considered = inventory.stream()
                .filter(host -> request.hostId() == null || request.hostId().equals(host.hostId()))
                .toList();
        Optional<Candidate> best = considered.stream()
                .filter(host -> obstacle(request, host).isEmpty())
                .min(Comparator.comparingDouble(
                                (Candidate host) -> host.loadWith(request.vcpus(), request.memoryBytes())
                                        + (isPreferred(request, host) ? 0 : WITHOUT_IMAGE))
                        .thenComparing(Candidate::hostId));
        return best.<Decision>map(host -> new Decision.Chosen(host.hostId(), host.name()))
                .orElseGet(() -> new Decision.Refused(refusal(request, considered)));
    }

    private static boolean isPreferred(Reserve request, Candidate host) {
        return request.preferredHosts() == null
                || request.preferredHosts().hostIds().contains(host.hostId());
    }

    private static Optional<Obstacle> obstacle(Reserve request, Candidate host) {
        if (request.candidateHosts() != null
                && !request.candidateHosts().hostIds().contains(host.hostId())) {
            return Optional.of(Obstacle.NOT_REACHING_THE_DISKS);
        }
        if (host.state() != State.UP) {
            return Optional.of(Obstacle.NOT_UP);
        }
        if (host.problem() != null) {
            return Optional.of(Obstacle.HYPERVISOR);
        }
        if (!host.networks().containsAll(request.networks())) {
            return Optional.of(Obstacle.NETWORK);
        }
        if (host.memoryLeft() < request.memoryBytes()) {
            return Optional.of(Obstacle.MEMORY);
        }
        return host.vcpusLeft() < request.vcpus() ? Optional.of(Obstacle.VCPUS) : Optional.empty();
    }

    private static String refusal(Reserve request, List<Candidate> considered) {
        if (considered.isEmpty()) {
            return request.hostId() == null
                    ? "No host has joined yet: start a host process and try again."
                    : "There is no host " + request.hostId() + ".";
        }
        Map<Obstacle, List<Candidate>> failed = considered.stream()
                .collect(Collectors.groupingBy(
                        host -> obstacle(request, host).orElseThrow(), TreeMap::new, Collectors.toList()));
        String counts = failed.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue(), request))
                .collect(Collectors.joining("; "));
        String remedies = failed.keySet().stream().map(Obstacle::remedy).collect(Collectors.joining(", or "));
        return "No host can take this VM (%d vCPUs, %.1f GiB of memory). Of %s, %s. What would help: %s."
                .formatted(
                        request.vcpus(),
                        request.memoryBytes() / GIB,
                        considered.size() == 1 ? "1 host" : considered.size() + " hosts",
                        counts,
                        remedies);
    }

    private static String count(Obstacle obstacle, List<Candidate> hosts, Reserve request) {
        String detail =
                switch (obstacle) {
                    case MEMORY ->
                        " (at most %.1f GiB)"
                                .formatted(hosts.stream()
                                                .mapToLong(Candidate::memoryLeft)
                                                .max()
                                                .orElse(0)
                                        / GIB);
                    case VCPUS ->
                        " (at most "
                                + hosts.stream()
                                        .mapToLong(Candidate::vcpusLeft)
                                        .max()
                                        .orElse(0) + ")";
                    case NETWORK -> " (" + String.join(", ", request.networks()) + ")";
                    case HYPERVISOR -> " (" + hosts.getFirst().problem() + ")";
                    case NOT_REACHING_THE_DISKS, NOT_UP -> "";
                };
        return hosts.size() + " " + obstacle.description() + detail;
    }
}
