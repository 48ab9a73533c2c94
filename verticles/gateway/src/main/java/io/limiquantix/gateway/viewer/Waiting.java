package io.limiquantix.gateway.viewer;

import java.util.HashMap;
import java.util.Map;

/** How many viewers have connected and not said who they are: bounded, in all and for each address. Safe for any thread. */
final class Waiting {
    static final int MOST = 64;
    static final int MOST_OF_ONE = 8;

    private final Map<String, Integer> byNetwork = new HashMap<>();
    private int all;

    /** Whether there is room for one more; then it is to be given back by {@link #leave}. */
    synchronized boolean enter(String address) {
        String network = Guesses.network(address);
        int own = byNetwork.getOrDefault(network, 0);
        if (all >= MOST || own >= MOST_OF_ONE) {
            return false;
        }
        all++;
        byNetwork.put(network, own + 1);
        return true;
    }

    synchronized void leave(String address) {
        all--;
        byNetwork.computeIfPresent(Guesses.network(address), (network, own) -> own == 1 ? null : own - 1);
    }
}
