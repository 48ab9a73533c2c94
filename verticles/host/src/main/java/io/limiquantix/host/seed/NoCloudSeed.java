package io.limiquantix.host.seed;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes ISO 9660 images with the volume id {@code cidata}, by whichever of genisoimage and xorriso is installed. The
 * documents hold password hashes, so the work is done in a folder that only we can enter.
 */
public final class NoCloudSeed {
    private final Tool tool;
    private final Path workFolder;

    /** @param workFolder where the image is put together; it exists */
    public NoCloudSeed(Tool tool, Path workFolder) {
        this.tool = tool;
        this.workFolder = workFolder;
    }

    /** The documents as cloud-init names them. */
    public record Documents(String metaData, String userData, String networkConfig) {}

    /** Puts the VM's seed into the pool in place of an earlier one; answers what a domain's disk points at. */
    public DiskSource make(UUID vmId, Documents documents, Seeds seeds) {
        try {
            Path folder = Files.createTempDirectory(
                    workFolder,
                    "seed",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Path iso = folder.resolve("seed.iso");
                write(folder, documents, iso);
                return seeds.store(vmId, iso);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the seed cannot be put together", e);
        }
    }

    private void write(Path folder, Documents documents, Path iso) throws IOException {
        String metaData = write(folder.resolve("meta-data"), documents.metaData());
        String userData = write(folder.resolve("user-data"), documents.userData());
        String networkConfig = write(folder.resolve("network-config"), documents.networkConfig());
        List<String> arguments = List.of(
                "-quiet",
                "-volid",
                "cidata",
                "-joliet",
                "-rock",
                "-output",
                iso.toString(),
                metaData,
                userData,
                networkConfig);
        String[] words = arguments.toArray(String[]::new);
        try {
            tool.run(CommandLine.of("genisoimage").with(words));
        } catch (ToolException e) {
            if (e.kind() != ToolException.Kind.NOT_RUN) {
                throw e;
            }
            tool.run(CommandLine.of("xorriso", "-as", "mkisofs").with(words));
        }
    }

    private static String write(Path file, String text) throws IOException {
        return Files.writeString(file, text).toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
