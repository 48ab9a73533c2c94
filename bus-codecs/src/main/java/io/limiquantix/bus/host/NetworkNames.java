package io.limiquantix.bus.host;

import java.util.UUID;

/** What hosts call the networks that the control plane defines. */
public final class NetworkNames {
    private static final int TAIL = 24;

    private NetworkNames() {}

    /** libvirt's name of the network. */
    public static String libvirt(UUID networkId) {
        return "lqx-" + tail(networkId);
    }

    /** The kernel's name of the bridge that is made for it, which has at most 15 characters (linux/if.h, IFNAMSIZ). */
    public static String bridge(UUID networkId) {
        return "lqx" + tail(networkId);
    }

    /** The last 12 of its digits, which are random. */
    private static String tail(UUID networkId) {
        return networkId.toString().substring(TAIL);
    }
}
