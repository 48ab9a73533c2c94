package io.limiquantix.images.system;

import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.SystemFacts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Systems that the platform knows by name, as catalogues write it, with the least memory that they start with. */
enum KnownSystem {
    DEBIAN("Debian", 512),
    UBUNTU("Ubuntu", 1024),
    FEDORA("Fedora", 2048),
    ROCKY("Rocky Linux", 2048),
    ALMA("AlmaLinux", 2048),
    CENTOS_STREAM("CentOS Stream", 2048),
    CENTOS("CentOS", 1024),
    RED_HAT("Red Hat Enterprise Linux", 2048),
    ORACLE("Oracle Linux", 2048),
    AMAZON("Amazon Linux", 1024),
    OPENSUSE("openSUSE", 2048),
    SUSE("SUSE Linux Enterprise Server", 2048),
    ARCH("Arch Linux", 512),
    ALPINE("Alpine Linux", 128),
    GENTOO("Gentoo", 1024),
    NIXOS("NixOS", 2048),
    KALI("Kali Linux", 2048),
    MINT("Linux Mint", 2048),
    FREEBSD("FreeBSD", Family.BSD, 1024, true),
    OPENBSD("OpenBSD", Family.BSD, 512, true),
    NETBSD("NetBSD", Family.BSD, 512, true),
    // Its drivers for virtio devices come on an ISO of their own.
    WINDOWS("Windows", Family.WINDOWS, 2048, false),
    WINDOWS_SERVER("Windows Server", Family.WINDOWS, 2048, false);

    private static final long MIB = 1 << 20;
    /** Windows 11 wants twice as much, and UEFI. */
    private static final String ELEVEN = "11";

    private static final long MEMORY_OF_ELEVEN = 4096 * MIB;

    private final String label;
    private final Family family;
    private final long leastMemoryBytes;
    private final boolean virtio;

    KnownSystem(String label, int leastMemoryMib) {
        this(label, Family.LINUX, leastMemoryMib, true);
    }

    KnownSystem(String label, Family family, int leastMemoryMib, boolean virtio) {
        this.label = label;
        this.family = family;
        this.leastMemoryBytes = leastMemoryMib * MIB;
        this.virtio = virtio;
    }

    /** By its name, in any case of letters. */
    static Optional<KnownSystem> called(String distribution) {
        String wanted = distribution.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.label.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    Family family() {
        return family;
    }

    String label() {
        return label;
    }

    /** Which system it is, and nothing of what it needs. */
    SystemFacts version(@Nullable String version) {
        return SystemFacts.of(family, label, version);
    }

    /** All that is known of it. */
    SystemFacts facts(@Nullable String version) {
        boolean eleven = this == WINDOWS && ELEVEN.equals(version);
        return new SystemFacts(
                family,
                label,
                version,
                eleven ? MEMORY_OF_ELEVEN : leastMemoryBytes,
                eleven ? Firmware.UEFI : null,
                virtio);
    }
}
