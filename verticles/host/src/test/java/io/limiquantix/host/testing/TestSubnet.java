package io.limiquantix.host.testing;

import java.util.concurrent.ThreadLocalRandom;

/** Addresses of a network for one test: what a killed run left behind is not in the way of the next. */
public final class TestSubnet {
    private TestSubnet() {}

    /** The first three numbers of a /24, in the private range that neither libvirt nor container tools choose by themselves. */
    public static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10." + random.nextInt(160, 250) + "." + random.nextInt(1, 255);
    }
}
