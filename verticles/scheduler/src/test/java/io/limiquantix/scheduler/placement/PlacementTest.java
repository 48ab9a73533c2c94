package io.limiquantix.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.scheduler.HostView.State;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.scheduler.SchedulerApi.Reserve;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long GIB = 1L << 30;

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static Candidate host(int number, State state, @Nullable String problem, long reservedGib) {
        return new Candidate(
                id(number), "h" + number, state, problem, 16, 0, 8 * GIB, reservedGib * GIB, Set.of("default"));
    }

    private static Reserve wish(int vcpus, long gib, String network) {
        return new Reserve(id(99), vcpus, gib * GIB, List.of(network), null, null);
    }

    private static String refusal(Reserve wish, Candidate... hosts) {
        return ((Decision.Refused) Placement.decide(wish, List.of(hosts))).message();
    }

    @Test
    void theLeastLoadedHostIsChosen() {
        var decision = Placement.decide(
                wish(1, 1, "default"),
                List.of(host(1, State.UP, null, 5), host(2, State.UP, null, 2), host(3, State.UP, null, 4)));
        assertThat(decision).isEqualTo(new Decision.Chosen(id(2), "h2"));
    }

    private static Reserve wishFor(int preferred) {
        return new Reserve(id(99), 1, GIB, List.of("default"), null, null, new HostSet(List.of(id(preferred))));
    }

    @Test
    void aHostThatHasTheImageIsTakenUnlessItIsMuchMoreLoaded() {
        var hosts = List.of(host(1, State.UP, null, 2), host(2, State.UP, null, 2));
        assertThat(Placement.decide(wishFor(2), hosts)).isEqualTo(new Decision.Chosen(id(2), "h2"));
        var loaded = List.of(host(1, State.UP, null, 2), host(2, State.UP, null, 4));
        assertThat(Placement.decide(wishFor(2), loaded)).isEqualTo(new Decision.Chosen(id(1), "h1"));
    }

    @Test
    void equalHostsAreTakenInTheSameOrderEachTime() {
        var decision = Placement.decide(
                wish(1, 1, "default"), List.of(host(2, State.UP, null, 2), host(1, State.UP, null, 2)));
        assertThat(decision).isEqualTo(new Decision.Chosen(id(1), "h1"));
    }

    @Test
    void aRefusalCountsTheReasonsAndSaysWhatWouldHelp() {
        assertThat(refusal(
                        wish(1, 4, "default"),
                        host(1, State.DOWN, null, 0),
                        host(2, State.UP, "libvirtd is gone", 0),
                        host(3, State.UP, null, 6),
                        host(4, State.UP, null, 7)))
                .isEqualTo("No host can take this VM (1 vCPUs, 4.0 GiB of memory). Of 4 hosts, 1 is not up;"
                        + " 1 has a problem with its hypervisor (libvirtd is gone);"
                        + " 2 has too little memory left (at most 2.0 GiB). What would help: bring the host back,"
                        + " or solve the problem that the host shows,"
                        + " or delete or shrink VMs there, ask for less memory, or add a host.");
    }

    @Test
    void everyFilterIsNamed() {
        assertThat(refusal(wish(1, 1, "lan"), host(1, State.UP, null, 0))).contains("lacks an active network", "(lan)");
        assertThat(refusal(wish(17, 1, "default"), host(1, State.UP, null, 0)))
                .contains("too few vCPUs left (at most 16)");
        assertThat(refusal(wish(1, 1, "default"), host(1, State.SUSPECT, null, 0)))
                .contains("is not up");
        assertThat(refusal(wish(1, 1, "default"))).contains("No host has joined yet");
        var elsewhere = new Reserve(id(9), 1, GIB, List.of(), null, new HostSet(List.of(id(7))));
        assertThat(refusal(elsewhere, host(1, State.UP, null, 0))).contains("does not reach the pool");
        var unknown = new Reserve(id(9), 1, GIB, List.of(), id(7), null);
        assertThat(refusal(unknown, host(1, State.UP, null, 0))).contains("There is no host");
    }

    @Test
    void theChosenHostIsTheOnlyOneThatCounts() {
        var wish = new Reserve(id(9), 1, GIB, List.of("default"), id(1), null);
        assertThat(Placement.decide(wish, List.of(host(1, State.UP, null, 6), host(2, State.UP, null, 0))))
                .isEqualTo(new Decision.Chosen(id(1), "h1"));
    }

    @Test
    void whateverIsAskedNothingIsEverOvercommitted() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Candidate> hosts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                hosts.add(host(i, State.UP, null, random.nextInt(9)));
            }
            Reserve wish = wish(1 + random.nextInt(20), 1 + random.nextInt(8), "default");
            boolean anyFits =
                    hosts.stream().anyMatch(h -> h.memoryLeft() >= wish.memoryBytes() && h.vcpusLeft() >= wish.vcpus());
            switch (Placement.decide(wish, hosts)) {
                case Decision.Refused refused -> assertThat(anyFits).isFalse();
                case Decision.Chosen chosen -> {
                    Candidate host = hosts.stream()
                            .filter(h -> h.hostId().equals(chosen.hostId()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(host.memoryLeft()).isGreaterThanOrEqualTo(wish.memoryBytes());
                    assertThat(host.vcpusLeft()).isGreaterThanOrEqualTo(wish.vcpus());
                }
            }
        }
    }
}
