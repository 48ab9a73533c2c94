package io.limiquantix.images.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.OperatingSystem.LearnedFrom;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.bus.images.SystemFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SystemClaimsTest {
    private static final long MIB = 1 << 20;
    private static final SystemFacts DEBIAN = SystemFacts.of(Family.LINUX, "Debian", "12");
    private static final SystemFacts UBUNTU = SystemFacts.of(Family.LINUX, "Ubuntu", "24.04");

    private static OperatingSystem believed(SystemClaims claims) {
        return Objects.requireNonNull(claims.believed());
    }

    private static SystemFacts memory(long bytes) {
        return new SystemFacts(null, null, null, bytes, null, null);
    }

    @Test
    void nobodySaysAnything() {
        assertThat(SystemClaims.NONE.believed()).isNull();
        assertThat(SystemClaims.NONE.with(Source.USER, SystemFacts.NOTHING).believed())
                .isNull();
    }

    @Test
    void theBestSourceIsBelievedInWhateverOrderTheySpeak() {
        var claims = SystemClaims.NONE.with(Source.NAME, DEBIAN).with(Source.OSINFO, DEBIAN);
        assertThat(believed(claims).learnedFrom().system()).isEqualTo(Source.NAME);
        claims = claims.with(Source.USER, UBUNTU).with(Source.ISO, DEBIAN).with(Source.CATALOGUE, DEBIAN);
        assertThat(believed(claims).distribution()).isEqualTo("Ubuntu");
        assertThat(believed(claims).learnedFrom().system()).isEqualTo(Source.USER);
        claims = claims.with(Source.USER, SystemFacts.NOTHING);
        assertThat(believed(claims).learnedFrom().system()).isEqualTo(Source.CATALOGUE);
    }

    @Test
    void whatItNeedsComesFromWhoeverSaysSoFirst() {
        var claims = SystemClaims.NONE.with(Source.NAME, DEBIAN);
        assertThat(believed(claims))
                .isEqualTo(new OperatingSystem(
                        Family.LINUX,
                        "Debian",
                        "12",
                        512 * MIB,
                        null,
                        true,
                        new LearnedFrom(Source.NAME, Source.TABLE, null, Source.TABLE)));
        claims = claims.with(
                Source.CATALOGUE, new SystemFacts(Family.LINUX, "Debian", "12", 700 * MIB, Firmware.UEFI, null));
        assertThat(believed(claims).leastMemoryBytes()).isEqualTo(700 * MIB);
        assertThat(believed(claims).firmware()).isEqualTo(Firmware.UEFI);
        claims = claims.with(Source.USER, memory(900 * MIB));
        assertThat(believed(claims).leastMemoryBytes()).isEqualTo(900 * MIB);
        assertThat(believed(claims).learnedFrom())
                .isEqualTo(new LearnedFrom(Source.CATALOGUE, Source.USER, Source.CATALOGUE, Source.TABLE));
    }

    @Test
    void whatAnotherSystemNeedsSaysNothing() {
        var claims = SystemClaims.NONE
                .with(Source.CATALOGUE, new SystemFacts(Family.LINUX, "Debian", "12", 700 * MIB, Firmware.UEFI, null))
                .with(Source.USER, SystemFacts.of(Family.OTHER, "Haiku", "R1"));
        assertThat(believed(claims).firmware()).isNull();
        assertThat(believed(claims).leastMemoryBytes()).isNull();
    }

    @Test
    void windowsElevenNeedsMore() {
        OperatingSystem eleven =
                believed(SystemClaims.NONE.with(Source.NAME, SystemFacts.of(Family.WINDOWS, "Windows", "11")));
        assertThat(eleven.firmware()).isEqualTo(Firmware.UEFI);
        assertThat(eleven.leastMemoryBytes()).isEqualTo(4096 * MIB);
        assertThat(eleven.virtio()).isFalse();
    }

    @Test
    void otherBytesForgetWhatTheFormerOnesSaid() {
        var claims = SystemClaims.NONE
                .with(Source.USER, memory(900 * MIB))
                .with(Source.ISO, UBUNTU)
                .with(Source.CATALOGUE, UBUNTU)
                .with(Source.NAME, DEBIAN)
                .with(Source.OSINFO, UBUNTU);
        assertThat(believed(claims.ofOtherBytes()).distribution()).isEqualTo("Debian");
        assertThat(believed(claims.ofOtherBytes()).leastMemoryBytes()).isEqualTo(900 * MIB);
    }

    @Test
    void whatAUserSaysIsSpelledAsInCatalogues() {
        assertThat(SystemClaims.stated(said(null, " debian ", " 12 "))).isEqualTo(DEBIAN);
        assertThat(SystemClaims.stated(said(null, "Plan 9", null)))
                .isEqualTo(SystemFacts.of(Family.OTHER, "Plan 9", null));
        assertThat(SystemClaims.stated(said(Family.BSD, "MidnightBSD", "3")).family())
                .isEqualTo(Family.BSD);
        assertThat(SystemClaims.stated(said(null, "", "")).sayNothing()).isTrue();
        assertThatThrownBy(() -> SystemClaims.stated(said(null, null, "12"))).hasMessageContaining("which system");
        assertThatThrownBy(() -> SystemClaims.stated(said(Family.BSD, " ", null)))
                .hasMessageContaining("which system");
    }

    private static SystemFacts said(@Nullable Family family, @Nullable String distribution, @Nullable String version) {
        return new SystemFacts(family, distribution, version, null, null, null);
    }
}
