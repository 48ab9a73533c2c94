package io.limiquantix.images.system;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.images.OperatingSystem.LearnedFrom;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.bus.images.SystemFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that sources say of the system in one image; each source says something once at most. */
public record SystemClaims(List<Claim> claims) {
    /** Nobody says anything. */
    public static final SystemClaims NONE = new SystemClaims(List.of());

    public SystemClaims {
        claims = List.copyOf(claims);
    }

    /** What one source says. */
    public record Claim(Source source, SystemFacts facts) {}

    /**
     * What a person says, in the spelling of catalogues where the system is known.
     *
     * @throws FailureException {@code INVALID} for a family or version of a system that is not named
     */
    public static SystemFacts stated(SystemFacts said) {
        @Nullable String distribution = blankAsAbsent(said.distribution());
        @Nullable String version = blankAsAbsent(said.version());
        if (distribution == null && (version != null || said.family() != null)) {
            throw FailureException.invalid(
                    "operatingSystem.distribution", "Say which system it is, as in Debian, Windows Server or FreeBSD.");
        }
        if (distribution == null) {
            return new SystemFacts(null, null, null, said.leastMemoryBytes(), said.firmware(), said.virtio());
        }
        Optional<KnownSystem> known = KnownSystem.called(distribution);
        return new SystemFacts(
                said.family() != null
                        ? said.family()
                        : known.map(KnownSystem::family).orElse(OperatingSystem.Family.OTHER),
                known.map(KnownSystem::label).orElse(distribution),
                version,
                said.leastMemoryBytes(),
                said.firmware(),
                said.virtio());
    }

    private static @Nullable String blankAsAbsent(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** With this said by the source, and nothing else. */
    public SystemClaims with(Source source, SystemFacts facts) {
        Stream<Claim> said = facts.sayNothing() ? Stream.empty() : Stream.of(new Claim(source, facts));
        return new SystemClaims(Stream.concat(claims.stream().filter(claim -> claim.source() != source), said)
                .sorted(Comparator.comparing(Claim::source))
                .toList());
    }

    /** Of what comes from the image's bytes and where those came from, nothing stays. */
    public SystemClaims ofOtherBytes() {
        return new SystemClaims(claims.stream()
                .filter(claim -> claim.source() == Source.USER || claim.source() == Source.NAME)
                .toList());
    }

    public boolean isSaidBy(Source source) {
        return claims.stream().anyMatch(claim -> claim.source() == source);
    }

    /** What is believed; absent when nobody says anything. */
    public @Nullable OperatingSystem believed() {
        if (claims.isEmpty()) {
            return null;
        }
        Optional<Claim> system = first(claims, facts -> facts.distribution() != null);
        SystemFacts which = facts(system);
        List<Claim> about = about(which);
        Optional<Claim> memory = first(about, facts -> facts.leastMemoryBytes() != null);
        Optional<Claim> firmware = first(about, facts -> facts.firmware() != null);
        Optional<Claim> virtio = first(about, facts -> facts.virtio() != null);
        return new OperatingSystem(
                which.family(),
                which.distribution(),
                which.version(),
                facts(memory).leastMemoryBytes(),
                facts(firmware).firmware(),
                facts(virtio).virtio(),
                new LearnedFrom(source(system), source(memory), source(firmware), source(virtio)));
    }

    private static Optional<Claim> first(List<Claim> claims, Predicate<SystemFacts> says) {
        return claims.stream().filter(claim -> says.test(claim.facts())).findFirst();
    }

    private static SystemFacts facts(Optional<Claim> claim) {
        return claim.map(Claim::facts).orElse(SystemFacts.NOTHING);
    }

    private static @Nullable Source source(Optional<Claim> claim) {
        return claim.map(Claim::source).orElse(null);
    }

    /** What another system would need says nothing of this one. */
    private List<Claim> about(SystemFacts which) {
        @Nullable String name = which.distribution();
        if (name == null) {
            return claims;
        }
        Stream<Claim> said = claims.stream()
                .filter(claim -> claim.facts().distribution() == null
                        || name.equals(claim.facts().distribution()));
        Stream<Claim> known =
                KnownSystem.called(name).stream().map(system -> new Claim(Source.TABLE, system.facts(which.version())));
        return Stream.concat(said, known).toList();
    }
}
