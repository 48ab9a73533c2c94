package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.LibvirtConnection;
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
    void looksPastADomainThatVanishesAfterItWasListed() {
        try (TestHost host = TestHost.start(
                        folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
                LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            UUID vm = host.tinyVm("vanishes-" + UUID.randomUUID().toString().substring(0, 8));
            host.power(DomainApi.START, vm);
            connection.start();
            connection.awaitFirst(PATIENCE);
            Domains domains = new Domains(connection);
            // It is told of each domain that it sees for the first time, before anybody gets the list.
            DomainInventory inventory = new DomainInventory(0, domains, new DomainListing(connection), report -> {
                if (report.vmId().equals(vm) && report.defined()) {
                    domains.undefine(vm, deadline());
                }
            });
            assertThat(new VolumesInUse(inventory, domains, new DomainListing(connection))
                            .find(new DiskSource.OfFile(Path.of("/no/such/volume")), deadline()))
                    .isEmpty();
            assertThat(domains.findDefinition(vm, deadline())).isEmpty();
        }
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
