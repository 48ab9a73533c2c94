package io.limiquantix.host.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Lines that are on the disk once they are appended. Each carries a checksum; reading stops at the first that does not
 * match, which is what a crash in the middle of an append leaves. Used by one thread at a time.
 */
final class JournalFile implements AutoCloseable {
    private static final int CHECKSUM_DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    private final Path file;
    private FileChannel channel;
    /** How many bytes hold whole lines. */
    private long good;

    private JournalFile(Path file, FileChannel channel, long good) {
        this.file = file;
        this.channel = channel;
        this.good = good;
    }

    /** What was found in the file, and the file ready for more. */
    record Opened(JournalFile file, List<String> lines) {}

    static Opened open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        List<String> lines = new ArrayList<>();
        long good = readValid(Files.readAllBytes(file), lines);
        JournalFile journal = new JournalFile(file, channel, good);
        journal.takeAwayBeyond(good);
        return new Opened(journal, lines);
    }

    /** Answers how many bytes are good. */
    private static int readValid(byte[] bytes, List<String> lines) {
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                if (!isValid(line)) {
                    return start;
                }
                lines.add(line.substring(CHECKSUM_DIGITS + 1));
                start = end + 1;
            }
        }
        return start;
    }

    private static boolean isValid(String line) {
        return line.length() > CHECKSUM_DIGITS && line.startsWith(checksum(line.substring(CHECKSUM_DIGITS + 1)) + " ");
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        String digits = Long.toString(crc.getValue(), HEXADECIMAL);
        return "0".repeat(CHECKSUM_DIGITS - digits.length()) + digits;
    }

    /**
     * The line is on the disk, or the file is as it was.
     *
     * @param line without a line feed
     */
    void append(String line) throws IOException {
        // What a failed append left, where even taking that away failed.
        takeAwayBeyond(good);
        try {
            write(channel, encoded(line));
            channel.force(false);
            good = channel.position();
        } catch (IOException e) {
            try {
                takeAwayBeyond(good);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void takeAwayBeyond(long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
        }
        channel.position(size);
    }

    /** Replaces all lines at once, or leaves them as they are. */
    void rewrite(List<String> lines) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        FileChannel fresh = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            for (String line : lines) {
                write(fresh, encoded(line));
            }
            fresh.force(true);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            fresh.close();
            Files.deleteIfExists(aside);
            throw e;
        }
        FileChannel old = channel;
        channel = fresh;
        good = fresh.position();
        old.close();
    }

    private static ByteBuffer encoded(String line) {
        return StandardCharsets.UTF_8.encode(checksum(line) + " " + line + "\n");
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
