package io.limiquantix.compute.network;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses a card may send with, from what the guest is told to take. */
final class KnownAddresses {
    private static final SpoofProtection LEARNED = new SpoofProtection(List.of(), null);
    private static final SpoofProtection OF_MAC_ALONE = new SpoofProtection(List.of(), Learning.NONE);

    private KnownAddresses() {}

    /**
     * The host learns what nothing is said of. A card with several addresses of which some are not known, or with IPv6, is only kept to
     * its MAC address, as the host's filter would cut it off from the others.
     *
     * @param card from 0
     */
    static SpoofProtection of(@Nullable CloudInit cloudInit, int card) {
        if (cloudInit == null) {
            return LEARNED;
        }
        if (card == 0 && cloudInit.network() != null) {
            return fixed(List.of(cloudInit.network().address()));
        }
        return cloudInit.networks().stream()
                .filter(addresses -> addresses.nic() == card)
                .findFirst()
                .map(KnownAddresses::of)
                .orElse(LEARNED);
    }

    private static SpoofProtection of(NicAddresses said) {
        if (said.dhcp6() || (said.dhcp4() && !said.addresses().isEmpty())) {
            return OF_MAC_ALONE;
        }
        return said.addresses().isEmpty() ? LEARNED : fixed(said.addresses());
    }

    private static SpoofProtection fixed(List<String> withPrefixes) {
        return new SpoofProtection(
                withPrefixes.stream().map(address -> address.split("/", 2)[0]).toList(), null);
    }
}
