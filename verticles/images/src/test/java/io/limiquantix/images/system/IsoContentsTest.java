package io.limiquantix.images.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.SystemFacts;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoContentsTest {
    private static Optional<SystemFacts> label(String volume) {
        return IsoContents.recognise(new IsoReport(volume, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "Debian 12.4.0 amd64 n, Debian, 12.4.0",
        "d-live 12.4.0 gn amd64, Debian, 12.4.0",
        "Ubuntu-Server 22.04.3 LTS amd64, Ubuntu, 22.04.3",
        "Ubuntu 24.04.1 LTS amd64, Ubuntu, 24.04.1",
        "Fedora-S-dvd-x86_64-39, Fedora, 39",
        "Fedora-WS-Live-39-1-5, Fedora, 39",
        "Rocky-9-3-x86_64-dvd, Rocky Linux, 9.3",
        "AlmaLinux-9-3-x86_64-dvd, AlmaLinux, 9.3",
        "CentOS-Stream-9-BaseOS-x86_64, CentOS Stream, 9",
        "RHEL-9-3-0-BaseOS-x86_64, Red Hat Enterprise Linux, 9.3",
        "openSUSE-Leap-15.6-DVD-x86_64123, openSUSE, 15.6",
        "ARCH_202401, Arch Linux, rolling",
        "alpine-virt 3.19.0 x86_64, Alpine Linux, 3.19.0",
        "14_0_RELEASE_AMD64_CD, FreeBSD, 14.0",
        "CCCOMA_X64FRE_EN-US_DV9, Windows, ",
        "SSS_X64FREE_EN-US_DV9, Windows Server, ",
    })
    void knowsLabels(String volume, String distribution, String version) {
        SystemFacts facts = label(volume).orElseThrow();
        assertThat(facts.distribution()).isEqualTo(distribution);
        assertThat(facts.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CDROM", "My Debian 12 backup", "<b>Debian 12</b>", "Debian", "FEDORA"})
    void saysNothingOfOtherLabels(String volume) {
        assertThat(label(volume)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Debian GNU/Linux 12.4.0 \"Bookworm\" - Official amd64 NETINST | Debian | 12.4.0",
                "Debian GNU/Linux testing \"Trixie\" - Official Snapshot amd64 | Debian | 13",
                "Ubuntu-Server 22.04.3 LTS \"Jammy Jellyfish\" - Release amd64 | Ubuntu | 22.04.3",
                "Linux Mint 21.3 \"Virginia\" - Release amd64 | Linux Mint | 21.3",
            })
    void believesTheFileBeforeTheLabel(String diskInfo, String distribution, String version) {
        var iso = new IsoReport("Fedora-S-dvd-x86_64-39", diskInfo, null, null);
        SystemFacts facts = IsoContents.recognise(iso).orElseThrow();
        assertThat(facts.distribution()).isEqualTo(distribution);
        assertThat(facts.version()).isEqualTo(version);
    }

    @Test
    void readsTheTreeInfoOfFedoraAndItsKin() {
        assertThat(tree("[header]\nversion = 1.2\n\n[release]\nname = Rocky Linux\nversion = 9.3\n"))
                .contains(SystemFacts.of(Family.LINUX, "Rocky Linux", "9.3"));
        assertThat(tree("[general]\nfamily = Fedora\nversion = 39\n"))
                .contains(SystemFacts.of(Family.LINUX, "Fedora", "39"));
        assertThat(tree("[release]\nname = Navy Linux\nversion = 8\n"))
                .contains(SystemFacts.of(Family.LINUX, "Navy Linux", "8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "release.name = Fedora",
                "[release]\nname = <script>alert(1)</script>\nversion = 1",
                "[release]\nname = \nversion = 1",
                "[release\nname = Fedora",
                "[[[[",
            })
    void saysNothingOfOtherTreeInfos(String text) {
        assertThat(tree(text)).isEmpty();
    }

    @Test
    void aStrangeVersionIsLeftOut() {
        assertThat(tree("[release]\nname = Fedora\nversion = <b>39</b>"))
                .contains(SystemFacts.of(Family.LINUX, "Fedora", null));
    }

    private static Optional<SystemFacts> tree(String text) {
        return IsoContents.recognise(new IsoReport("", null, text, null));
    }
}
