package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.storage.VolumesInUse.User;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesInUseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;

    VolumesInUseIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void findsADomainByItsDiskAsLongAsItRuns() {
        try (TestHost host = TestHost.start(
                        folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
                LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            UUID vm = host.tinyVm("used-" + UUID.randomUUID().toString().substring(0, 8));
            connection.start();
            connection.awaitFirst(PATIENCE);
            Domains domains = new Domains(connection);
            var inUse = new VolumesInUse(domains, new DomainListing(connection));
            var disk = new DiskSource.OfFile(domains.findDefinition(vm, deadline())
                    .orElseThrow()
                    .diskFiles()
                    .getFirst());
            assertThat(inUse.find(disk, deadline())).isEmpty();
            host.power(DomainApi.START, vm);
            assertThat(inUse.find(disk, deadline()).map(User::vmId)).contains(vm);
            assertThat(inUse.find(new DiskSource.OfFile(Path.of("/no/such/volume")), deadline()))
                    .isEmpty();
            host.power(DomainApi.PAUSE, vm);
            assertThat(inUse.find(disk, deadline()).map(User::vmId)).contains(vm);
            host.power(DomainApi.FORCE_STOP, vm);
            assertThat(inUse.find(disk, deadline())).isEmpty();
        }
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
