package io.limiquantix.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.runtime.testing.AtOnce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two who change the same domain at the same moment, through libvirtd's test driver, which is quick. */
class DomainRacesIT {
    /** libvirt's test:///default always has it. */
    private static final UUID DOMAIN = UUID.fromString("6695eb01-f6a4-8304-79aa-97f2502e193f");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 200;

    private final LibvirtConnection oneConnection = connect();
    private final LibvirtConnection otherConnection = connect();
    private final Domains one = new Domains(oneConnection);
    private final Domains other = new Domains(otherConnection);

    private static LibvirtConnection connect() {
        LibvirtConnection connection = LibvirtConnection.to("test+unix:///default", Clock.systemUTC());
        connection.start();
        connection.awaitFirst(PATIENCE);
        return connection;
    }

    @AfterEach
    void close() {
        oneConnection.close();
        otherConnection.close();
    }

    @Test
    void bothSucceedInWhatBothWant() {
        for (int i = 0; i < ROUNDS; i++) {
            bothDo(Domains::forceStop);
            bothDo(Domains::start);
            bothDo(Domains::pause);
            bothDo(Domains::resume);
        }
    }

    private interface Change {
        void make(Domains domains, UUID vmId, Instant deadline);
    }

    private void bothDo(Change change) {
        List<Domains> both = List.of(one, other);
        var outcomes = AtOnce.ask(both.size(), n -> {
            change.make(both.get(n), DOMAIN, deadline());
            return true;
        });
        assertThat(AtOnce.failures(outcomes)).isEmpty();
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
