package io.limiquantix.images.system;

import static io.limiquantix.images.system.NamingRule.released;
import static io.limiquantix.images.system.NamingRule.rolling;
import static io.limiquantix.images.system.NamingRule.versioned;

import io.limiquantix.bus.images.SystemFacts;
import java.util.List;
import java.util.Optional;

/** Recognises systems by the names that their publishers give to files, as {@code noble-server-cloudimg-amd64.img}. */
public final class ImageNames {
    private static final int LONGEST = 300;
    /** As 12 or 24.04.1. */
    private static final String NUMBER = "(\\d+(?:\\.\\d+)*)";

    private static final List<NamingRule> RULES = List.of(
            versioned(KnownSystem.DEBIAN, "debian[-_ ]?(?:live-|edu-)?" + NUMBER),
            released(KnownSystem.DEBIAN, "debian[-_ ](?:live-)?([a-z]+)", Release::ofDebian),
            versioned(KnownSystem.UBUNTU, "ubuntu[-_ ]?(?:[a-z]+-)*" + NUMBER),
            released(KnownSystem.UBUNTU, "ubuntu[-_ ]([a-z]+)", Release::ofUbuntu),
            released(KnownSystem.UBUNTU, "([a-z]+)-(?:server|minimal|desktop|live-server)-", Release::ofUbuntu),
            versioned(KnownSystem.FEDORA, "fedora(?:[-_.](?:[a-z]+|x86_64))*[-_](\\d{2})(?!\\d)"),
            versioned(KnownSystem.ROCKY, "rocky(?:[-_ ]?linux)?[-_ ]?" + NUMBER),
            versioned(KnownSystem.ALMA, "alma(?:[-_ ]?linux)?[-_ ]?" + NUMBER),
            versioned(KnownSystem.CENTOS_STREAM, "centos[-_]stream(?:[-_](?:[a-z]+|x86_64))*[-_](\\d+)"),
            versioned(KnownSystem.CENTOS, "centos[-_ ]?" + NUMBER),
            versioned(KnownSystem.RED_HAT, "rhel[-_ ](?:[a-z]+-)*" + NUMBER),
            versioned(KnownSystem.ORACLE, "ol(\\d+)(?:u(\\d+))?_"),
            versioned(KnownSystem.ORACLE, "oracle[-_ ]?linux[-_ ]?" + NUMBER),
            versioned(KnownSystem.AMAZON, "al(2023)-"),
            versioned(KnownSystem.AMAZON, "amzn(2)-"),
            rolling(KnownSystem.OPENSUSE, "opensuse[-_]tumbleweed"),
            versioned(KnownSystem.OPENSUSE, "opensuse[-_ ](?:leap[-_ ])?" + NUMBER),
            versioned(KnownSystem.SUSE, "sles?[-_ ]?(\\d+)(?:-?sp(\\d))?"),
            rolling(KnownSystem.ARCH, "arch[-_ ]?linux"),
            versioned(KnownSystem.ALPINE, "alpine(?:linux)?[-_ ](?:[a-z]+-)*" + NUMBER),
            versioned(KnownSystem.FREEBSD, "freebsd[-_ ]?" + NUMBER),
            versioned(KnownSystem.OPENBSD, "openbsd[-_ ]?" + NUMBER),
            versioned(KnownSystem.NETBSD, "netbsd[-_ ]?" + NUMBER),
            versioned(KnownSystem.KALI, "kali(?:[-_ ]?linux)?[-_ ]" + NUMBER),
            versioned(KnownSystem.MINT, "linuxmint[-_ ]" + NUMBER),
            versioned(KnownSystem.NIXOS, "nixos(?:-[a-z]+)*[-_ ]" + NUMBER),
            rolling(KnownSystem.GENTOO, "gentoo"),
            versioned(KnownSystem.WINDOWS_SERVER, "win(?:dows)?[-_ ]?(?:server|srv)[-_ ]?(20\\d\\d)"),
            versioned(KnownSystem.WINDOWS, "win(?:dows)?[-_ ]?(10|11)(?!\\d)"),
            // A name alone says less: only after all that say which version.
            versioned(KnownSystem.DEBIAN, "debian(?![a-z])"),
            versioned(KnownSystem.UBUNTU, "ubuntu(?![a-z])"),
            versioned(KnownSystem.FEDORA, "fedora(?![a-z])"),
            versioned(KnownSystem.ROCKY, "rocky(?:[-_ ]?linux)?(?![a-z])"),
            versioned(KnownSystem.ALMA, "almalinux(?![a-z])"),
            versioned(KnownSystem.ALPINE, "alpine(?:linux)?(?![a-z])"),
            versioned(KnownSystem.OPENSUSE, "opensuse(?![a-z])"),
            versioned(KnownSystem.FREEBSD, "freebsd(?![a-z])"));

    private static final int MOST_WORDS = 60;

    private ImageNames() {}

    /** @param name of a file, a path to it, or of an image */
    public static Optional<SystemFacts> recognise(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.length() > LONGEST ? Optional.empty() : NamingRule.first(RULES, last);
    }

    /** @param words of people, as in {@code Debian GNU/Linux (64-bit)}; what is not recognised is the name of a system */
    public static SystemFacts inWords(String words) {
        String plain = words.replace("GNU/Linux", " ")
                .replace('/', ' ')
                .replaceAll("\\s+", " ")
                .strip();
        String some = plain.substring(0, Math.min(plain.length(), MOST_WORDS));
        return recognise(some)
                .orElseGet(() -> SystemClaims.stated(new SystemFacts(null, some, null, null, null, null)));
    }
}
