package io.limiquantix.host.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images are read back with other programs than those that made them. */
class SeedImageIT {
    private final ProcessTool tool = new ProcessTool();
    private final Path folder;

    SeedImageIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path made(SeedImage.Documents documents) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        DiskSource seed = new SeedImage(tool, work).make(UUID.randomUUID(), documents, new OneFile());
        assertThat(work).isEmptyDirectory();
        return Path.of(seed.label());
    }

    private String read(Path iso, String file) throws IOException {
        Path copy = folder.resolve("copy-" + UUID.randomUUID());
        tool.run(CommandLine.of(
                "xorriso", "-osirrox", "on", "-indev", iso.toString(), "-extract", file, copy.toString()));
        return Files.readString(copy);
    }

    private String label(Path iso) {
        return tool.run(CommandLine.of("isoinfo", "-d", "-i", iso.toString()));
    }

    @Test
    void aConfigDriveIsWhereOpenStackHasIt() throws IOException {
        Path iso = made(SeedImage.Documents.configDrive("{\"uuid\": \"x\"}", "#ps1_sysnative\n"));
        assertThat(label(iso)).contains("Volume id: config-2", "Joliet");
        assertThat(read(iso, "/openstack/latest/meta_data.json")).isEqualTo("{\"uuid\": \"x\"}");
        assertThat(read(iso, "/openstack/latest/user_data")).isEqualTo("#ps1_sysnative\n");
    }

    @Test
    void cloudInitFindsItsThreeDocuments() throws IOException {
        Path iso = made(SeedImage.Documents.noCloud("meta: 1", "#cloud-config\n", "version: 2"));
        assertThat(label(iso)).contains("Volume id: cidata");
        assertThat(read(iso, "/meta-data")).isEqualTo("meta: 1");
        assertThat(read(iso, "/user-data")).isEqualTo("#cloud-config\n");
        assertThat(read(iso, "/network-config")).isEqualTo("version: 2");
    }

    /** Keeps it beside. */
    private final class OneFile implements Seeds {
        @Override
        public DiskSource store(UUID vmId, Path iso) {
            try {
                return new DiskSource.OfFile(Files.copy(iso, folder.resolve(vmId + ".iso")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<DiskSource> find(UUID vmId) {
            return Optional.empty();
        }

        @Override
        public void delete(UUID vmId) {}
    }
}
