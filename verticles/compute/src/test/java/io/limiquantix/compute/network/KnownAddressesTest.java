package io.limiquantix.compute.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownAddressesTest {
    private static final SpoofProtection LEARNED = new SpoofProtection(List.of(), null);

    @Test
    void whatNothingIsSaidOfIsLearned() {
        assertThat(KnownAddresses.of(null, 0)).isEqualTo(LEARNED);
        assertThat(KnownAddresses.of(wish(null), 0)).isEqualTo(LEARNED);
        assertThat(KnownAddresses.of(wish(null, card(1, true, false)), 1)).isEqualTo(LEARNED);
    }

    @Test
    void eachCardMaySendWithItsFixedAddresses() {
        CloudInit wish = wish(
                new StaticNetwork("192.0.2.10/24", null, List.of()),
                card(1, false, false, "198.51.100.7/24", "198.51.100.8/24"));
        assertThat(KnownAddresses.of(wish, 0)).isEqualTo(new SpoofProtection(List.of("192.0.2.10"), null));
        assertThat(KnownAddresses.of(wish, 1))
                .isEqualTo(new SpoofProtection(List.of("198.51.100.7", "198.51.100.8"), null));
        assertThat(KnownAddresses.of(wish, 2)).isEqualTo(LEARNED);
    }

    @Test
    void aCardWithAnAddressThatNobodyKnowsBeforeIsKeptToItsMacAddress() {
        CloudInit wish = wish(null, card(0, true, true), card(1, true, false, "198.51.100.7/24"));
        SpoofProtection ofMacAlone = new SpoofProtection(List.of(), Learning.NONE);
        assertThat(KnownAddresses.of(wish, 0)).isEqualTo(ofMacAlone);
        assertThat(KnownAddresses.of(wish, 1)).isEqualTo(ofMacAlone);
    }

    private static NicAddresses card(int nic, boolean dhcp4, boolean dhcp6, String... addresses) {
        return new NicAddresses(nic, dhcp4, dhcp6, List.of(addresses), null, null, List.of(), List.of(), null);
    }

    private static CloudInit wish(@Nullable StaticNetwork network, NicAddresses... networks) {
        return new CloudInit(
                null,
                "admin",
                null,
                List.of(),
                false,
                List.of(),
                network,
                List.of(networks),
                List.of(),
                null,
                null,
                null,
                false,
                false);
    }
}
