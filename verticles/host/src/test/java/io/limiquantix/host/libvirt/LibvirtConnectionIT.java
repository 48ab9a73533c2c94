package io.limiquantix.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.testing.CuttingProxy;
import io.limiquantix.runtime.testing.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection to a libvirtd that goes away. */
class LibvirtConnectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;

    LibvirtConnectionIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void callsUnknownWhatTheConnectionBrokeIn() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.at(folder.resolve("libvirt"));
                LibvirtConnection connection = LibvirtConnection.to(proxy.uri(), Clock.systemUTC())) {
            connection.start();
            connection.awaitFirst(PATIENCE);
            Domains domains = new Domains(connection);
            assertThat(domains.get(UUID.randomUUID(), deadline()).defined()).isFalse();
            proxy.cutAtNextRequest();
            FailureException cut = catchThrowableOfType(
                    FailureException.class, () -> domains.forceStop(UUID.randomUUID(), deadline()));
            assertThat(cut.code()).as(cut.getMessage()).isEqualTo(FailureCode.TIMEOUT);
            Eventually.holds(() -> connection.problem().isPresent());
            Eventually.holds(() -> connection.problem().isEmpty());
            assertThat(domains.get(UUID.randomUUID(), deadline()).defined()).isFalse();
        }
    }

    @Test
    void saysThatNothingWasDoneWhereNobodyWasReached() {
        String uri = "qemu+unix:///system?socket=" + folder.resolve("nobody");
        try (LibvirtConnection connection = LibvirtConnection.to(uri, Clock.systemUTC())) {
            connection.start();
            Domains domains = new Domains(connection);
            FailureException refused = catchThrowableOfType(
                    FailureException.class, () -> domains.forceStop(UUID.randomUUID(), deadline()));
            assertThat(refused.code()).isEqualTo(FailureCode.UNAVAILABLE);
        }
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
