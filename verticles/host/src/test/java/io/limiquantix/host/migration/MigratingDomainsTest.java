package io.limiquantix.host.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.host.migration.MigratingDomains.Direction;
import io.limiquantix.host.migration.MigratingDomains.Note;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratingDomainsTest {
    private final Note arriving = new Note(UUID.randomUUID(), UUID.randomUUID(), Direction.ARRIVING);
    private final Note leaving = new Note(UUID.randomUUID(), UUID.randomUUID(), Direction.LEAVING);

    @Test
    void areKnownToTheNextProcessOfTheHostUntilTheyAreRemoved(@TempDir Path folder) throws IOException {
        MigratingDomains domains = MigratingDomains.in(folder);
        domains.add(arriving);
        domains.add(leaving);
        Path cutOff = DurableFiles.unfinished(folder.resolve(UUID.randomUUID().toString()));
        Files.writeString(cutOff, "ARRIV");
        MigratingDomains anew = MigratingDomains.in(folder);
        assertThat(anew.all()).containsExactlyInAnyOrder(arriving, leaving);
        assertThat(anew.isArriving(arriving.vmId())).isTrue();
        assertThat(anew.isArriving(leaving.vmId())).isFalse();
        anew.remove(arriving.migrationId());
        anew.remove(arriving.migrationId());
        assertThat(anew.isArriving(arriving.vmId())).isFalse();
        assertThat(MigratingDomains.in(folder).all()).containsExactly(leaving);
        assertThat(folder.toFile().list()).hasSize(1);
    }
}
