package io.limiquantix.storage.driver.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Decides whether a file is what its owner says it is and nothing that makes QEMU read another file. Our own look at the
 * header comes first; then {@code qemu-img info} confirms it, within limits.
 */
public final class ImageInspection {
    private static final long COMPRESSION_TYPE = 1 << 3;
    private static final long EXTENDED_L2 = 1 << 4;
    private static final long DIRTY = 1;
    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;
    private static final long SECTOR = 512;

    private final Tool tool;
    private final ImageLimits limits;
    private final JsonMapper json = new JsonMapper();

    public ImageInspection(Tool tool, ImageLimits limits) {
        this.tool = tool;
        this.limits = limits;
    }

    /**
     * Answers the virtual size in bytes.
     *
     * @throws StorageException {@code INVALID} with the reason, when the file is to be refused
     */
    public long inspect(Path file, ImageFormat stated) {
        try {
            if (Files.size(file) == 0) {
                throw refused("The image is empty.");
            }
            long virtualBytes =
                    switch (stated) {
                        case QCOW2 -> qcow2(file);
                        case RAW -> raw(file);
                        case ISO -> iso(file);
                    };
            if (virtualBytes <= 0 || virtualBytes > limits.maxVirtualBytes()) {
                throw refused("The image describes a disk of " + Long.toUnsignedString(virtualBytes)
                        + " bytes; this host admits up to " + limits.maxVirtualBytes() + ".");
            }
            confirm(file, stated, virtualBytes);
            return virtualBytes;
        } catch (IOException e) {
            throw StorageException.of("The image cannot be read", e);
        }
    }

    private long raw(Path file) throws IOException {
        FileSignature.container(FileSlice.whole(file)).ifPresent(what -> {
            throw refused("The image is said to be raw, but it is " + what + ".");
        });
        return roundedUp(Files.size(file));
    }

    private long iso(Path file) throws IOException {
        if (FileSignature.isQcow2(file) || !FileSignature.isIso9660(FileSlice.whole(file))) {
            throw refused("The image is said to be an ISO, but it has no ISO 9660 file system.");
        }
        return roundedUp(Files.size(file));
    }

    private static long roundedUp(long bytes) {
        return (bytes + SECTOR - 1) / SECTOR * SECTOR;
    }

    private long qcow2(Path file) throws IOException {
        if (!FileSignature.isQcow2(file)) {
            String what = FileSignature.container(FileSlice.whole(file)).orElse("something else");
            throw refused("The image is said to be qcow2, but it is " + what + ".");
        }
        Qcow2Header header = Qcow2Header.read(file);
        if (header.backingFile() != null) {
            throw refused("The qcow2 image needs a backing file; flatten it with qemu-img convert.");
        }
        if (header.cryptMethod() != 0) {
            throw refused("The qcow2 image is encrypted, which is not supported.");
        }
        refuseFeatures(header.incompatibleFeatures());
        return header.virtualBytes();
    }

    private static void refuseFeatures(long features) {
        if ((features & EXTERNAL_DATA_FILE) != 0) {
            throw refused("The qcow2 image keeps its data in another file; flatten it with qemu-img convert.");
        }
        if ((features & (DIRTY | CORRUPT)) != 0) {
            throw refused(
                    "The qcow2 image was not closed cleanly or is damaged; repair it with qemu-img check -r all.");
        }
        if ((features & ~(COMPRESSION_TYPE | EXTENDED_L2)) != 0) {
            throw refused(
                    "The qcow2 image uses features that are not known here: 0x" + Long.toHexString(features) + ".");
        }
    }

    private void confirm(Path file, ImageFormat stated, long virtualBytes) {
        JsonNode info = info(file, stated);
        if (!info.path("backing-filename").isMissingNode()
                || !info.at("/format-specific/data/data-file").isMissingNode()) {
            throw refused("The image refers to another file.");
        }
        if (info.path("encrypted").asBoolean()
                || info.at("/format-specific/data/corrupt").asBoolean()) {
            throw refused("The image is encrypted or damaged.");
        }
        if (info.path("virtual-size").asLong() != virtualBytes) {
            throw refused("The image's header contradicts what qemu-img reads in it.");
        }
    }

    private JsonNode info(Path file, ImageFormat stated) {
        String format = stated.diskFormat().label();
        try {
            return json.readTree(
                    tool.run(CommandLine.of("qemu-img", "info", "--output=json", "-f", format, file.toString())
                            .limitedTo(limits.probe())
                            .within(limits.probeTimeout())));
        } catch (ToolException e) {
            throw switch (e.kind()) {
                case FAILED ->
                    refused("qemu-img cannot read the image as " + format + ": " + lastLine(e.errorOutput()));
                case NOT_RUN -> new StorageException(StorageException.Reason.FAILED, said(e), Map.of(), e);
                case KILLED -> new StorageException(StorageException.Reason.TIMEOUT, said(e), Map.of(), e);
            };
        } catch (JsonProcessingException e) {
            throw StorageException.of("qemu-img answered something else than JSON", e);
        }
    }

    private static String said(ToolException e) {
        return String.valueOf(e.getMessage());
    }

    /** Leaves out the path, which says nothing to the image's owner. */
    private static String lastLine(String errorOutput) {
        String line = errorOutput.strip().lines().reduce("no reason given", (a, b) -> b);
        return line.substring(line.lastIndexOf("': ") + 1).replaceFirst("^: ", "");
    }

    private static StorageException refused(String sentence) {
        return StorageException.invalid("file", sentence);
    }
}
