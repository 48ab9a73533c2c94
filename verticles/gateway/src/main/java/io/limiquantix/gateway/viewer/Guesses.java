package io.limiquantix.gateway.viewer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has tried tickets that are none: each such try is answered later than the one before, and after a few the address
 * is locked out. Many tries from many addresses lock out everybody but those who had a good ticket lately. Safe for any
 * thread; remembers a bounded number of addresses.
 */
final class Guesses {
    static final int MOST_OF_ONE = 5;
    static final int MOST_OF_ALL = 200;
    static final Duration LOCKED = Duration.ofMinutes(5);
    static final Duration ALL_LOCKED = Duration.ofMinutes(1);
    private static final Duration KNOWN = Duration.ofDays(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final int MOST_ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final Clock clock;
    private final Map<String, Wrong> wrong = bounded();
    private final Map<String, Instant> known = bounded();
    private Wrong ofAll;

    private record Wrong(int tries, Instant until) {
        boolean counts(Instant now) {
            return now.isBefore(until);
        }

        Wrong next(Instant now, Instant end) {
            return new Wrong(counts(now) ? tries + 1 : 1, end);
        }
    }

    Guesses(Clock clock) {
        this.clock = clock;
        this.ofAll = new Wrong(0, Instant.EPOCH);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_ADDRESSES;
            }
        };
    }

    /** How long nobody at this address is listened to any more; empty while they are. */
    synchronized Optional<Duration> locked(String address) {
        Instant now = clock.instant();
        String network = network(address);
        Wrong own = wrong.get(network);
        if (own != null && own.counts(now) && own.tries() >= MOST_OF_ONE) {
            return Optional.of(Duration.between(now, own.until()));
        }
        Instant lastGood = known.get(network);
        boolean stranger = lastGood == null || lastGood.plus(KNOWN).isBefore(now);
        if (stranger && ofAll.counts(now) && ofAll.tries() >= MOST_OF_ALL) {
            return Optional.of(Duration.between(now, ofAll.until()));
        }
        return Optional.empty();
    }

    /** Notes a wrong try; what is returned is to be waited before it is answered. */
    synchronized Duration wrong(String address) {
        Instant now = clock.instant();
        String network = network(address);
        Wrong own = wrong.getOrDefault(network, new Wrong(0, now)).next(now, now.plus(LOCKED));
        wrong.remove(network);
        wrong.put(network, own);
        // The minute begins with the first of them, else a slow but steady guesser would lock out everybody for ever.
        ofAll = ofAll.next(now, ofAll.counts(now) ? ofAll.until() : now.plus(ALL_LOCKED));
        return SHORTEST_WAIT.multipliedBy(1L << Math.min(own.tries(), MOST_OF_ONE));
    }

    synchronized void right(String address) {
        String network = network(address);
        wrong.remove(network);
        known.remove(network);
        known.put(network, clock.instant());
    }

    /** Who has an IPv6 address mostly has the 64 bits of its network to choose from. */
    static String network(String address) {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return literal instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
                    : literal.getHostAddress();
        } catch (IllegalArgumentException _) {
            // What is no address stands for itself.
            return address;
        }
    }
}
