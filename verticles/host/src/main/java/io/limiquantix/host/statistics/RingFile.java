package io.limiquantix.host.statistics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Rows of numbers in a file that holds the newest so many steps: a head that names the columns, then a place for each step,
 * each with a checksum. A place that is not whole, as after a kill or a loss of power, is a step without numbers; a head
 * that is not whole makes the file an empty one. Used by one thread at a time.
 */
final class RingFile {
    private static final int MAGIC = 0x4c51_5831;
    private static final int CHECKSUM = Integer.BYTES;
    private static final int HEAD_LENGTH = 2 * Integer.BYTES;
    private static final int MOST_HEAD = 1 << 20;
    private static final int MOST_COLUMNS = 1_024;

    private final Path file;
    private final int places;
    private List<String> columns = List.of();
    private int headBytes;
    private boolean known;

    /** @param places how many steps it holds */
    RingFile(Path file, int places) {
        this.file = file;
        this.places = places;
    }

    /** A row is a step (8 bytes), a float for each column, and the checksum of both. */
    private int rowBytes() {
        return Long.BYTES + columns.size() * Float.BYTES + CHECKSUM;
    }

    /** Puts the numbers in the place of the oldest step. */
    void write(long step, Map<String, Float> numbers) throws IOException {
        know();
        if (!columns.containsAll(numbers.keySet())) {
            widen(step, numbers);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            put(channel, step, numbers);
        }
    }

    private void put(FileChannel channel, long step, Map<String, Float> numbers) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(rowBytes()).putLong(step);
        for (String column : columns) {
            row.putFloat(numbers.getOrDefault(column, Float.NaN));
        }
        row.putInt(checksum(row.array(), 0, row.position())).flip();
        long at = headBytes + step % places * rowBytes();
        while (row.hasRemaining()) {
            at += channel.write(row, at);
        }
    }

    /** Adds numbers of others where a step has none, as far as steps are kept. */
    void fill(long firstStep, Columns others) throws IOException {
        long newest = Math.max(newest(), firstStep + others.count() - 1);
        long first = Math.max(1, newest - places + 1);
        Columns all = read(first, (int) (newest - first + 1));
        for (int i = 0; i < all.count(); i++) {
            long other = first + i - firstStep;
            Map<String, Float> row = new TreeMap<>();
            if (other >= 0 && other < others.count()) {
                row.putAll(others.row((int) other));
            }
            row.putAll(all.row(i));
            if (!row.isEmpty()) {
                // Also where nothing is new, as a file that gets more columns keeps what is older only.
                write(first + i, row);
            }
        }
    }

    /** The numbers of these steps, as far as they were kept. */
    Columns read(long firstStep, int count) throws IOException {
        Columns found = new Columns(count);
        know();
        byte[] kept = content();
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        for (int place = 0; headBytes + (place + 1) * rowBytes() <= bytes.limit(); place++) {
            int at = headBytes + place * rowBytes();
            long index = bytes.getLong(at) - firstStep;
            if (index >= 0 && index < count && isWhole(kept, at, place)) {
                for (int i = 0; i < columns.size(); i++) {
                    float number = bytes.getFloat(at + Long.BYTES + i * Float.BYTES);
                    found.set(columns.get(i), (int) index, number);
                }
            }
        }
        return found;
    }

    /** The newest step that is in it; -1 when there is none. */
    long newest() throws IOException {
        know();
        byte[] kept = content();
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        long newest = -1;
        for (int place = 0; headBytes + (place + 1) * rowBytes() <= bytes.limit(); place++) {
            int at = headBytes + place * rowBytes();
            if (isWhole(kept, at, place)) {
                newest = Math.max(newest, bytes.getLong(at));
            }
        }
        return newest;
    }

    private boolean isWhole(byte[] bytes, int at, int place) {
        int length = rowBytes() - CHECKSUM;
        ByteBuffer row = ByteBuffer.wrap(bytes, at, rowBytes());
        long step = row.getLong();
        return step > 0 && step % places == place && row.getInt(at + length) == checksum(bytes, at, length);
    }

    private byte[] content() throws IOException {
        return known && headBytes > 0 ? Files.readAllBytes(file) : new byte[0];
    }

    /** Reads the head, once. */
    private void know() throws IOException {
        if (known) {
            return;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer head = ByteBuffer.wrap(bytes);
            if (bytes.length >= HEAD_LENGTH && head.getInt() == MAGIC) {
                readHead(bytes, head.getInt());
            }
        } catch (NoSuchFileException _) {
            // Nothing was kept yet.
        }
        known = true;
    }

    private void readHead(byte[] bytes, int length) throws IOException {
        if (length < HEAD_LENGTH + CHECKSUM || length > MOST_HEAD || length > bytes.length) {
            return;
        }
        int end = length - CHECKSUM;
        if (ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, 0, end)) {
            return;
        }
        var names = new DataInputStream(new ByteArrayInputStream(bytes, HEAD_LENGTH, end - HEAD_LENGTH));
        int keptPlaces = names.readInt();
        List<String> read = new ArrayList<>();
        for (int count = names.readInt(); count > 0; count--) {
            read.add(names.readUTF());
        }
        if (keptPlaces == places) {
            columns = List.copyOf(read);
            headBytes = length;
        }
    }

    private byte[] head(List<String> names) throws IOException {
        var content = new ByteArrayOutputStream();
        var out = new DataOutputStream(content);
        out.writeInt(places);
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
        int length = HEAD_LENGTH + content.size() + CHECKSUM;
        ByteBuffer head =
                ByteBuffer.allocate(length).putInt(MAGIC).putInt(length).put(content.toByteArray());
        return head.putInt(checksum(head.array(), 0, head.position())).array();
    }

    /** Makes the file anew with these columns too, without those that have no number any more, and puts it in place at once. */
    private void widen(long step, Map<String, Float> numbers) throws IOException {
        long first = Math.max(0, step - places + 1);
        Columns old = read(first, places);
        TreeSet<String> names = new TreeSet<>(old.series().keySet());
        names.addAll(numbers.keySet());
        if (names.size() > MOST_COLUMNS) {
            names.retainAll(numbers.keySet());
        }
        columns = names.stream().limit(MOST_COLUMNS).toList();
        byte[] head = head(columns);
        headBytes = head.length;
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(head);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            for (int i = 0; i < places; i++) {
                Map<String, Float> row = old.row(i);
                if (!row.isEmpty()) {
                    put(channel, first + i, row);
                }
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
