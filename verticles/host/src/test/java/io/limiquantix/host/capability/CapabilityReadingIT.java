package io.limiquantix.host.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostReport;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.inventory.HostReporter;
import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.libvirt.LibvirtSecrets;
import io.limiquantix.host.libvirt.MachineOffering;
import io.limiquantix.host.libvirt.Networks;
import io.limiquantix.host.libvirt.Node;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.PoolMemory;
import io.limiquantix.host.storage.StorageDrivers;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a host whose probe stumbles once. */
class CapabilityReadingIT {
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final List<HostReport> reports = new CopyOnWriteArrayList<>();
    private final Path folder;

    CapabilityReadingIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsThemAgainWithTheNextReport() {
        try (LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            connection.start();
            connection.awaitFirst(Duration.ofSeconds(30));
            HostReporter reporter = reporter(connection);
            reporter.start();
            Eventually.holds(() -> !reports.isEmpty() && !broken.get());
            assertThat(reports).allMatch(r -> r.capabilities() == null);
            Eventually.holds(() -> {
                reporter.reportSoon();
                return reports.getLast().capabilities() != null;
            });
            reporter.close();
        }
    }

    private HostReporter reporter(LibvirtConnection connection) {
        var probe = new KvmProbe(this::stumblingTool, Path.of("/dev/null"));
        var answer = new AcceleratorAnswer(AcceleratorSetting.AUTO, probe, folder.resolve("accelerator"));
        Capabilities capabilities = new Capabilities(new Node(connection), new MachineOffering(connection), answer);
        var sources = new HostReporter.Sources(
                connection,
                new DomainInventory(
                        0, new Domains(connection), new DomainListing(connection), change -> {}, vm -> false),
                new Networks(connection, UUID.randomUUID())::list,
                capabilities,
                new CapabilityReading(capabilities, Clock.systemUTC()),
                new OpenPools(
                        StorageDrivers.found(),
                        new StorageSurroundings(new ProcessTool(), ImageLimits.upTo(1 << 20), folder),
                        new LibvirtSecrets(connection, Clock.systemUTC()),
                        new PoolMemory(folder.resolve("pools")),
                        2,
                        Clock.systemUTC()));
        var identity = new HostReporter.Identity(UUID.randomUUID(), "a host", 0, null);
        return new HostReporter(identity, sources, Clock.systemUTC(), reports::add);
    }

    private String stumblingTool(CommandLine command) {
        if (broken.getAndSet(false)) {
            throw new IllegalStateException("a fault of this test");
        }
        return new ProcessTool().run(CommandLine.of("sh", "-c", "exit 85"));
    }
}
