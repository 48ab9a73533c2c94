package io.limiquantix.images.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.SystemFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {
    @ParameterizedTest
    @CsvSource({
        "debian-12-generic-amd64.qcow2, Debian, 12",
        "debian-12-genericcloud-amd64-20231013-1532.qcow2, Debian, 12",
        "debian-12.4.0-amd64-netinst.iso, Debian, 12.4.0",
        "debian-live-12.4.0-amd64-gnome.iso, Debian, 12.4.0",
        "debian-bookworm-arm64.raw, Debian, 12",
        "debian-sid-generic-amd64-daily.qcow2, Debian, unstable",
        "debian.qcow2, Debian, ",
        "noble-server-cloudimg-amd64.img, Ubuntu, 24.04",
        "jammy-minimal-cloudimg-amd64.img, Ubuntu, 22.04",
        "ubuntu-24.04-server-cloudimg-amd64.img, Ubuntu, 24.04",
        "ubuntu-22.04.3-live-server-amd64.iso, Ubuntu, 22.04.3",
        "ubuntu-noble, Ubuntu, 24.04",
        "Fedora-Cloud-Base-39-1.5.x86_64.qcow2, Fedora, 39",
        "Fedora-Cloud-Base-Generic.x86_64-40-1.14.qcow2, Fedora, 40",
        "Fedora-Cloud-Base-Generic-41-1.4.x86_64.qcow2, Fedora, 41",
        "Fedora-Server-dvd-x86_64-39-1.5.iso, Fedora, 39",
        "Rocky-9-GenericCloud-Base.latest.x86_64.qcow2, Rocky Linux, 9",
        "Rocky-9.3-x86_64-minimal.iso, Rocky Linux, 9.3",
        "rocky-linux-9, Rocky Linux, 9",
        "AlmaLinux-9-GenericCloud-latest.x86_64.qcow2, AlmaLinux, 9",
        "CentOS-Stream-GenericCloud-x86_64-9-latest.x86_64.qcow2, CentOS Stream, 9",
        "CentOS-Stream-GenericCloud-10-20250101.0.x86_64.qcow2, CentOS Stream, 10",
        "CentOS-7-x86_64-GenericCloud.qcow2, CentOS, 7",
        "rhel-9.3-x86_64-kvm.qcow2, Red Hat Enterprise Linux, 9.3",
        "OL9U3_x86_64-kvm-b220.qcow2, Oracle Linux, 9.3",
        "al2023-kvm-2023.3.20240108.0-kernel-6.1-x86_64.xfs.gpt.qcow2, Amazon Linux, 2023",
        "openSUSE-Leap-15.6-Minimal-VM.x86_64-Cloud.qcow2, openSUSE, 15.6",
        "openSUSE-Tumbleweed-Minimal-VM.x86_64-Cloud.qcow2, openSUSE, rolling",
        "Arch-Linux-x86_64-cloudimg.qcow2, Arch Linux, rolling",
        "archlinux-2024.01.01-x86_64.iso, Arch Linux, rolling",
        "nocloud_alpine-3.19.1-x86_64-bios-cloudinit-r0.qcow2, Alpine Linux, 3.19.1",
        "alpine-virt-3.19.0-x86_64.iso, Alpine Linux, 3.19.0",
        "FreeBSD-14.1-RELEASE-amd64-BASIC-CLOUDINIT.ufs.qcow2.xz, FreeBSD, 14.1",
        "Win11_23H2_English_x64v2.iso, Windows, 11",
        "en-us_windows_server_2022_x64_dvd.iso, Windows Server, 2022",
        "/srv/images/debian-13-generic-amd64.qcow2, Debian, 13",
    })
    void knowsWhatPublishersCallTheirFiles(String name, String distribution, String version) {
        SystemFacts facts = ImageNames.recognise(name).orElseThrow();
        assertThat(facts.distribution()).isEqualTo(distribution);
        assertThat(facts.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "web-1",
                "backup.qcow2",
                "searching-2",
                "collapse10_x",
                "glacial-server-a",
                "/debian-12/x",
                "win"
            })
    void saysNothingOfOtherNames(String name) {
        assertThat(ImageNames.recognise(name)).isEmpty();
    }

    @Test
    void knowsFamilies() {
        assertThat(ImageNames.recognise("FreeBSD-14.1").orElseThrow().family()).isEqualTo(Family.BSD);
        assertThat(ImageNames.recognise("win10").orElseThrow().family()).isEqualTo(Family.WINDOWS);
        assertThat(ImageNames.recognise("alpine").orElseThrow().family()).isEqualTo(Family.LINUX);
    }

    @Test
    void aNameMadeToTakeLongDoesNot() {
        assertThat(ImageNames.recognise("fedora" + "-a".repeat(100_000))).isEmpty();
        assertThat(ImageNames.recognise("ubuntu" + "-a".repeat(140))).isNotEmpty();
    }
}
