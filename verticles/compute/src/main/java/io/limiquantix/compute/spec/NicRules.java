package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a network card may be. */
public final class NicRules {
    public static final int MOST_NICS = 8;
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");
    private static final long LEAST_LIMIT = 1024;
    /** What libvirt's 32 bits of KiB per second hold. */
    private static final long MOST_LIMIT = 1L << 41;

    private NicRules() {}

    /**
     * The card in its one written form: the address in lower case, limits in whole KiB per second.
     *
     * @param path what comes before the names of its fields, as in {@code nics[0].}
     */
    public static NicSpec accept(NicSpec nic, String path) {
        Check.matches(
                nic.network(),
                NETWORK,
                path + "network",
                "a network's name has 1 to 64 letters, digits, \".\", \"_\" or \"-\".");
        NicHardware hardware = nic.hardware();
        String given = nic.mac();
        return new NicSpec(
                nic.network(),
                given == null ? null : mac(given, path + "mac"),
                hardware == null ? null : limited(hardware, path));
    }

    private static NicHardware limited(NicHardware hardware, String path) {
        Bandwidth limits = hardware.bandwidth();
        return new NicHardware(
                hardware.model(),
                hardware.linkUp(),
                limits == null ? null : limits(limits, path),
                hardware.allowSpoofing());
    }

    /** In whole KiB per second. */
    public static Bandwidth limits(Bandwidth limits, String path) {
        limit(limits.inboundBytesPerSecond(), path + "inboundBytesPerSecond");
        limit(limits.outboundBytesPerSecond(), path + "outboundBytesPerSecond");
        return limits.rounded();
    }

    private static void limit(@Nullable Long bytes, String field) {
        Check.that(
                bytes == null || (bytes >= LEAST_LIMIT && bytes <= MOST_LIMIT),
                field,
                "A limit is 1 KiB to 2 TiB per second.");
    }

    private static String mac(String given, String field) {
        String mac = given.toLowerCase(Locale.ROOT);
        Check.matches(mac, MAC, field, "a MAC address is six pairs of hexadecimal digits with colons between them.");
        boolean multicast = (Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1;
        Check.that(!multicast, field, mac + " is a multicast address; an interface needs one of its own.");
        Check.that(!mac.equals("00:00:00:00:00:00"), field, mac + " is no address of an interface.");
        return mac;
    }
}
