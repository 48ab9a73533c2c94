package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Limits;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/**
 * Unpacks a file by gzip(1), xz(1), zstd(1) or bzip2(1), which see neither its name nor any other file and may use little. What
 * comes out is counted here: all of it, and what is not zeroes, which alone takes room.
 */
final class Decompression {
    private static final Limits LIMITS = new Limits(Unpacking.MOST_SECONDS, 1L << 30);
    private static final Pattern CUT_OFF =
            Pattern.compile("unexpected end|premature end|ends unexpectedly|end of input", Pattern.CASE_INSENSITIVE);
    private static final Pattern MORE_BEHIND =
            Pattern.compile("trailing garbage|format not recognized|unsupported format|unknown header");
    private static final Pattern NEEDS_MEMORY =
            Pattern.compile("too much memory|memory usage limit", Pattern.CASE_INSENSITIVE);

    private final Tool tool;
    private final long maxBytes;

    /** @param maxBytes how long a file may become */
    Decompression(Tool tool, long maxBytes) {
        this.tool = tool;
        this.maxBytes = maxBytes;
    }

    /**
     * @param target an empty file
     * @param percent is told how far it has come, 0 to 100, by another thread
     * @throws StorageException {@code INVALID} when the file is to be refused, {@code NO_SPACE} before the pool is full
     */
    void run(FileSlice packed, Compression how, Path target, DoubleConsumer percent) throws IOException {
        try (SparseFile file = new SparseFile(target)) {
            UnpackLimits limits = new UnpackLimits(maxBytes, packed.length(), PoolRoom.of(target));
            tool.run(command(how)
                    .limitedTo(LIMITS)
                    .within(Unpacking.PATIENCE)
                    .passing(new UnpackedBytes(packed, file, limits, percent)));
        } catch (ToolException e) {
            throw refused(how, e);
        }
    }

    /** They read their standard input when they are told no file. */
    private static CommandLine command(Compression how) {
        return switch (how) {
            case GZIP -> CommandLine.of("gzip", "-dc");
            case XZ -> CommandLine.of("xz", "-dc", "--format=xz", "-T1", "--memlimit-decompress=768MiB");
            case ZSTD -> CommandLine.of("zstd", "-dc", "--memory=768MB");
            case BZIP2 -> CommandLine.of("bzip2", "-dc");
        };
    }

    private static StorageException refused(Compression how, ToolException e) {
        String name = how.label();
        return switch (e.kind()) {
            case NOT_RUN, KILLED ->
                new StorageException(StorageException.Reason.FAILED, String.valueOf(e.getMessage()), Map.of(), e);
            case FAILED ->
                StorageException.invalid("file", "The file is compressed with " + name + ", and " + why(name, e));
        };
    }

    private static String why(String name, ToolException e) {
        String said = e.errorOutput();
        if (e.exitCode() == Limits.BEYOND_CPU) {
            return "unpacking it takes longer than is admitted.";
        }
        if (NEEDS_MEMORY.matcher(said).find()) {
            return "unpacking it needs more memory than is admitted; compress it with a smaller window.";
        }
        if (CUT_OFF.matcher(said).find()) {
            return "it ends too early: it was cut off on its way.";
        }
        if (MORE_BEHIND.matcher(said).find()) {
            return "something else follows behind its end.";
        }
        return "its bytes are damaged, says " + name + ": "
                + said.strip().lines().findFirst().orElse("no reason given").toLowerCase(Locale.ROOT);
    }
}
