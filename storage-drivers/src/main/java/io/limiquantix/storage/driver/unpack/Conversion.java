package io.limiquantix.storage.driver.unpack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.image.foreign.ForeignInspection;
import io.limiquantix.storage.driver.qemu.CopyProgress;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Limits;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Makes a qcow2 file of another program's disk by qemu-img(1), within limits. We have read its header before; QEMU is told what
 * the file is and that it stands alone, and opens nothing else.
 */
final class Conversion {
    /** qemu-img reserves room for the stacks of its threads and uses little of it. */
    private static final long ADDRESS_SPACE = 4L << 30;

    private static final int SECTOR = 512;

    private final Tool tool;
    private final ImageLimits limits;
    private final JsonMapper json = new JsonMapper();

    Conversion(Tool tool, ImageLimits limits) {
        this.tool = tool;
        this.limits = limits;
    }

    /**
     * @param target where there is no file yet
     * @param percent is told how far it has come, 0 to 100, by another thread
     * @throws StorageException {@code INVALID} when the file is to be refused, {@code NO_SPACE} before the pool is full
     */
    void run(FileSlice file, ArrivalFormat format, Path target, DoubleConsumer percent) throws IOException {
        requireSize(format, ForeignInspection.inspect(file, format));
        ForeignInspection.requireWhole(file, format);
        String source = source(file, format);
        requireSize(format, virtualBytes(format, source));
        long most = Math.min(PoolRoom.of(target).require(), limits.maxFileBytes());
        try {
            tool.run(CommandLine.of("qemu-img", "convert", "-p", "-O", VolumeFormat.QCOW2.label(), source)
                    .with(target.toString())
                    .telling(new CopyProgress(percent))
                    .limitedTo(new Limits(Unpacking.MOST_SECONDS, ADDRESS_SPACE, most))
                    .within(Unpacking.PATIENCE));
        } catch (ToolException e) {
            throw failed(format, e);
        }
    }

    private void requireSize(ArrivalFormat format, long bytes) {
        if (bytes <= 0 || bytes > limits.maxVirtualBytes()) {
            throw StorageException.invalid(
                    "file",
                    "The " + format.spoken() + " image describes a disk of " + Long.toUnsignedString(bytes)
                            + " bytes; this host admits up to " + limits.maxVirtualBytes() + ".");
        }
    }

    /** See QEMU's qapi/block-core.json, BlockdevOptions: neither the format nor a protocol is guessed from anything. */
    private String source(FileSlice file, ArrivalFormat format) {
        ObjectNode image = json.createObjectNode();
        image.put("driver", driver(format)).put("read-only", true).putNull("backing");
        ObjectNode bytes = image.putObject("file").put("read-only", true);
        if (!file.isWhole()) {
            // Of a member the archive has zeroes up to the next sector, and QEMU takes whole ones only.
            long size = (file.length() + SECTOR - 1) / SECTOR * SECTOR;
            bytes.put("driver", "raw").put("offset", file.offset()).put("size", size);
            bytes = bytes.putObject("file").put("read-only", true);
        }
        bytes.put("driver", "file").put("filename", file.file().toString());
        return "json:" + image;
    }

    private static String driver(ArrivalFormat format) {
        return switch (format) {
            case VMDK -> "vmdk";
            case VHD -> "vpc";
            case VHDX -> "vhdx";
            case VDI -> "vdi";
            case QED -> "qed";
            case QCOW2, RAW, ISO -> throw new IllegalArgumentException(format + " is not converted");
        };
    }

    private long virtualBytes(ArrivalFormat format, String source) {
        try {
            JsonNode info = json.readTree(tool.run(CommandLine.of("qemu-img", "info", "--output=json", source)
                    .limitedTo(limits.probe())
                    .within(limits.probeTimeout())));
            if (!info.path("backing-filename").isMissingNode()
                    || info.path("encrypted").asBoolean()) {
                throw StorageException.invalid(
                        "file", "The " + format.spoken() + " image is encrypted or refers to another file.");
            }
            return info.path("virtual-size").asLong();
        } catch (ToolException e) {
            throw failed(format, e);
        } catch (JsonProcessingException e) {
            throw StorageException.of("qemu-img answered something else than JSON", e);
        }
    }

    private StorageException failed(ArrivalFormat format, ToolException e) {
        String said = e.errorOutput();
        if (e.kind() != ToolException.Kind.FAILED) {
            return new StorageException(Reason.FAILED, String.valueOf(e.getMessage()), Map.of(), e);
        }
        if (e.exitCode() == Limits.BEYOND_FILE || StorageException.saysFull(said)) {
            return PoolRoom.full();
        }
        if (e.exitCode() == Limits.BEYOND_CPU) {
            return refused(format, "converting it takes longer than is admitted.");
        }
        return refused(format, reason(said));
    }

    private static StorageException refused(ArrivalFormat format, String why) {
        return StorageException.invalid("file", "The " + format.spoken() + " image cannot be converted: " + why);
    }

    /** Leaves out the path, which says nothing to the image's owner. */
    private static String reason(String errorOutput) {
        if (errorOutput.contains("log that needs to be replayed")) {
            return "it was not closed cleanly; open it once with the program that made it, or with qemu-img check -r all.";
        }
        String line = errorOutput.strip().lines().reduce("no reason given", (a, b) -> b);
        return line.substring(line.lastIndexOf("': ") + 1)
                .replaceFirst("^: ", "")
                .replaceAll("json:\\S*", "the file");
    }
}
