package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Limits;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an ISO says of itself. The label is in the primary volume descriptor (ECMA-119, 8.4); the two files are read by
 * {@code isoinfo(1)} within limits, which follows no link. Whatever cannot be read is left out: a strange ISO is no reason to
 * refuse it.
 */
public final class IsoReading {
    private static final System.Logger LOG = System.getLogger(IsoReading.class.getName());
    private static final int DESCRIPTOR = 32_768;
    private static final int DESCRIPTOR_BYTES = 2048;
    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_FILE = 4000;
    private static final Limits LIMITS = new Limits(10, 256L << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Tool tool;

    public IsoReading(Tool tool) {
        this.tool = tool;
    }

    /** Empty for a file that has no ISO 9660 file system. */
    public Optional<IsoLabel> read(Path file) throws IOException {
        if (!FileSignature.isIso9660(FileSlice.whole(file))) {
            return Optional.empty();
        }
        byte[] descriptor = descriptor(file);
        String diskInfo = contents(file, "/.disk/info");
        String treeInfo = contents(file, "/.treeinfo");
        return Optional.of(new IsoLabel(
                field(descriptor, 40, 32),
                field(descriptor, 8, 32),
                field(descriptor, 318, 128),
                field(descriptor, 574, 128),
                diskInfo == null ? null : firstLine(diskInfo),
                treeInfo));
    }

    private static byte[] descriptor(Path file) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(DESCRIPTOR_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (read.hasRemaining() && channel.read(read, DESCRIPTOR + (long) read.position()) > 0) {}
        }
        return read.array();
    }

    private static String field(byte[] descriptor, int from, int length) {
        return printable(new String(descriptor, from, length, StandardCharsets.ISO_8859_1))
                .strip();
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), LONGEST_LINE)).strip();
    }

    /** Absent where there is no such file, or it holds more than such a file does, or cannot be read within the limits. */
    private @Nullable String contents(Path file, String name) {
        try {
            String text = tool.run(CommandLine.of("isoinfo", "-R", "-i", file.toString(), "-x", name)
                    .limitedTo(LIMITS)
                    .within(PATIENCE));
            return text.isEmpty() || text.length() > LONGEST_FILE ? null : printable(text);
        } catch (ToolException e) {
            LOG.log(System.Logger.Level.INFO, () -> name + " of an ISO is left out: " + e.getMessage());
            return null;
        }
    }

    /** Lines stay; nothing else that would steer a terminal or turn the direction of writing does. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> c == '\n' || !isSteering(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSteering(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> c == '\uFFFD';
        };
    }
}
