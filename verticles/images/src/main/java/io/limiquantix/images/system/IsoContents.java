package io.limiquantix.images.system;

import static io.limiquantix.images.system.NamingRule.released;
import static io.limiquantix.images.system.NamingRule.rolling;
import static io.limiquantix.images.system.NamingRule.versioned;

import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.SystemFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises the system on an ISO by what that says of itself. */
public final class IsoContents {
    private static final String NUMBER = "(\\d+(?:\\.\\d+)*)";
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,19}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._+/-]{0,39}");

    /** The first line of {@code .disk/info}. */
    private static final List<NamingRule> DISK_INFO = List.of(
            versioned(KnownSystem.DEBIAN, "^Debian GNU/Linux " + NUMBER),
            released(KnownSystem.DEBIAN, "^Debian GNU/Linux (?:testing )?\"?([a-z]+)", Release::ofDebian),
            versioned(KnownSystem.UBUNTU, "^[KLX]?ubuntu(?:-[a-z-]+)? " + NUMBER),
            versioned(KnownSystem.MINT, "^Linux Mint " + NUMBER),
            versioned(KnownSystem.KALI, "^Kali GNU/Linux " + NUMBER));

    private static final List<NamingRule> LABELS = List.of(
            versioned(KnownSystem.DEBIAN, "^Debian " + NUMBER),
            versioned(KnownSystem.DEBIAN, "^d-live " + NUMBER),
            versioned(KnownSystem.UBUNTU, "^[KLX]?ubuntu(?:-[a-z]+)* " + NUMBER),
            versioned(KnownSystem.FEDORA, "^Fedora-[a-z_0-9-]*?-(\\d{2})(?:[-_]|$)"),
            versioned(KnownSystem.ROCKY, "^Rocky-(\\d+)(?:-(\\d+))?"),
            versioned(KnownSystem.ALMA, "^AlmaLinux-(\\d+)(?:-(\\d+))?"),
            versioned(KnownSystem.CENTOS_STREAM, "^CentOS-Stream-(\\d+)"),
            versioned(KnownSystem.CENTOS, "^CentOS[ -](\\d+)(?:-(\\d+))?"),
            versioned(KnownSystem.RED_HAT, "^RHEL-(\\d+)(?:-(\\d+))?"),
            versioned(KnownSystem.ORACLE, "^OL-(\\d+)(?:-(\\d+))?"),
            rolling(KnownSystem.OPENSUSE, "^openSUSE-Tumbleweed"),
            versioned(KnownSystem.OPENSUSE, "^openSUSE-Leap-" + NUMBER),
            versioned(KnownSystem.SUSE, "^SLE-(\\d+)(?:-SP(\\d))?"),
            rolling(KnownSystem.ARCH, "^ARCH_\\d{6}"),
            versioned(KnownSystem.ALPINE, "^alpine-[a-z]+ v?" + NUMBER),
            versioned(KnownSystem.FREEBSD, "^(\\d+)_(\\d+)_RELEASE_"),
            versioned(KnownSystem.OPENBSD, "^OpenBSD/[a-z0-9]+ +" + NUMBER),
            versioned(KnownSystem.NIXOS, "^nixos-[a-z]+-" + NUMBER),
            versioned(KnownSystem.WINDOWS_SERVER, "^SSS_X64"),
            versioned(KnownSystem.WINDOWS, "^(?:J_)?C(?:CCOMA|CSA|PBA)_(?:X64|X86)"));

    private IsoContents() {}

    /** The files first: a label has 32 characters. */
    public static Optional<SystemFacts> recognise(IsoReport iso) {
        return named(iso.diskInfo(), DISK_INFO).or(() -> tree(iso.treeInfo())).or(() -> named(iso.volume(), LABELS));
    }

    private static Optional<SystemFacts> named(@Nullable String text, List<NamingRule> rules) {
        return text == null ? Optional.empty() : NamingRule.first(rules, text);
    }

    /** See <a href="https://release-engineering.github.io/productmd/treeinfo-1.0.html">its description</a>; older ones have {@code general} only. */
    private static Optional<SystemFacts> tree(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Map<String, String> fields = fields(text);
        String name = fields.getOrDefault("release.name", fields.getOrDefault("general.family", ""));
        String version = fields.getOrDefault("release.version", fields.getOrDefault("general.version", ""));
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String known = VERSION.matcher(version).matches() ? version : null;
        return Optional.of(KnownSystem.called(name)
                .map(system -> system.version(known))
                .orElseGet(() -> SystemFacts.of(Family.LINUX, name, known)));
    }

    /** As {@code section.key}. */
    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        String section = "";
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (equals > 0) {
                String key = section + "." + line.substring(0, equals).strip();
                fields.putIfAbsent(
                        key.toLowerCase(Locale.ROOT), line.substring(equals + 1).strip());
            }
        }
        return fields;
    }
}
