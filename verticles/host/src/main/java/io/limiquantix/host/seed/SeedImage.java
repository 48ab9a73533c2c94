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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes ISO 9660 images by whichever of genisoimage and xorriso is installed: {@code cidata} for cloud-init's NoCloud source,
 * {@code config-2} for those that look for OpenStack's config drive. The documents hold password hashes, so the work is done in a
 * folder that only we can enter.
 */
public final class SeedImage {
    private final Tool tool;
    private final Path workFolder;

    /** @param workFolder where the image is put together; it exists */
    public SeedImage(Tool tool, Path workFolder) {
        this.tool = tool;
        this.workFolder = workFolder;
    }

    /**
     * Files by where they are in the image.
     *
     * @param label of the volume, by which the guest finds it
     */
    public record Documents(String label, Map<String, String> files) {
        public Documents {
            files = Map.copyOf(files);
        }

        /** As cloud-init names them. */
        public static Documents noCloud(String metaData, String userData, String networkConfig) {
            return new Documents(
                    "cidata", Map.of("meta-data", metaData, "user-data", userData, "network-config", networkConfig));
        }

        /** As OpenStack names them. */
        public static Documents configDrive(String metaData, String userData) {
            String folder = "openstack/latest/";
            return new Documents(
                    "config-2",
                    userData.isEmpty()
                            ? Map.of(folder + "meta_data.json", metaData)
                            : Map.of(folder + "meta_data.json", metaData, folder + "user_data", userData));
        }
    }

    /** Puts a text that QEMU itself reads into the pool as the VM's seed, in place of an earlier one. */
    public DiskSource makeText(UUID vmId, String text, Seeds seeds) {
        try {
            Path folder = privateFolder();
            try {
                return seeds.store(vmId, Files.writeString(folder.resolve("seed"), text));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the seed cannot be put together", e);
        }
    }

    private Path privateFolder() throws IOException {
        return Files.createTempDirectory(
                workFolder, "seed", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Puts the VM's seed into the pool in place of an earlier one; answers what a domain's disk points at. */
    public DiskSource make(UUID vmId, Documents documents, Seeds seeds) {
        try {
            Path folder = privateFolder();
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
        List<String> arguments = new ArrayList<>(List.of("-quiet", "-volid", documents.label(), "-joliet", "-rock"));
        arguments.addAll(List.of("-output", iso.toString(), "-graft-points"));
        int number = 0;
        for (Map.Entry<String, String> file : new TreeMap<>(documents.files()).entrySet()) {
            Path source = Files.writeString(folder.resolve("file-" + number++), file.getValue());
            arguments.add(file.getKey() + "=" + source);
        }
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

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
