package io.limiquantix.host.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostNetworkApi.Lease;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeasesAnewTest {
    private static final String CARD = "52:54:00:00:00:01";

    private final LeasesAnew anew = new LeasesAnew();

    private static Lease lease(String mac, String ip) {
        return new Lease(mac, ip, 24, null, null);
    }

    @Test
    void theFirstLeaseOfACardIsLibvirtsToLearn() {
        assertThat(anew.take(List.of(lease(CARD, "10.0.0.2")))).isEmpty();
        assertThat(anew.take(List.of(lease(CARD, "10.0.0.2")))).isEmpty();
    }

    @Test
    void aSecondOneIsTold() {
        anew.take(List.of(lease(CARD, "10.0.0.2")));
        var both = List.of(lease(CARD.toUpperCase(Locale.ROOT), "10.0.0.2"), lease(CARD, "10.0.0.3"));
        assertThat(anew.take(both)).isEqualTo(Map.of(CARD, Set.of("10.0.0.2", "10.0.0.3")));
        assertThat(new LeasesAnew().take(both))
                .as("seen by a process that was just started")
                .hasSize(1);
    }

    @Test
    void oneInPlaceOfTheFirstIsToldUntilTheCardHasNone() {
        anew.take(List.of(lease(CARD, "10.0.0.2")));
        var other = List.of(lease(CARD, "10.0.0.3"));
        assertThat(anew.take(other)).isEqualTo(Map.of(CARD, Set.of("10.0.0.3")));
        assertThat(anew.take(other)).hasSize(1);
        assertThat(anew.take(List.of())).isEmpty();
        assertThat(anew.take(other)).as("which libvirt learns as the first").isEmpty();
    }

    @Test
    void theFilterOfIpv4KnowsNothingOfIpv6() {
        assertThat(anew.take(List.of(lease(CARD, "10.0.0.2"), lease(CARD, "2001:db8::2"))))
                .isEmpty();
    }
}
