package io.limiquantix.host.domain;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The levels of x86-64 (x86-64 psABI, "Low Level System Information") as features of libvirt beside those of {@link #BASE}, and what
 * Linux calls them in /proc/cpuinfo.
 */
public final class CpuLevels {
    /** The plainest 64 bit processor that QEMU has. */
    static final String BASE = "qemu64";

    static final List<String> LEVEL_2 = List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4.1", "sse4.2", "ssse3");

    static final List<String> LEVEL_3 = Stream.concat(
                    LEVEL_2.stream(), Stream.of("abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"))
            .toList();

    private static final List<String> FLAGS_OF_2 =
            List.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3");

    private static final List<String> FLAGS_OF_3 =
            List.of("abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave");

    private CpuLevels() {}

    /** @param flags of a processor, as Linux writes them */
    public static boolean isLevel2(Set<String> flags) {
        return flags.containsAll(FLAGS_OF_2);
    }

    /** @param flags of a processor, as Linux writes them */
    public static boolean isLevel3(Set<String> flags) {
        return isLevel2(flags) && flags.containsAll(FLAGS_OF_3);
    }
}
