package io.limiquantix.bus.peer;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Topic;
import java.util.List;
import java.util.UUID;

/** What processes ask of each other to find out whether the cluster still knows their addresses. */
public final class PeerApi {
    /** Tries these addresses from where the asked process stands. */
    public static final HostAddress<Probe, Unreachable> PROBE =
            HostAddress.reading("peer.probe", Probe.class, Unreachable.class);

    /** Published by each process every 10 s. */
    public static final Topic<Hello> HELLO = new Topic<>("peer.hello", Hello.class);

    private PeerApi() {}

    public record Hello(UUID processId) {}

    public record Probe(List<String> addresses) {
        public Probe {
            addresses = List.copyOf(addresses);
        }
    }

    public record Unreachable(List<String> addresses) {
        public Unreachable {
            addresses = List.copyOf(addresses);
        }
    }
}
