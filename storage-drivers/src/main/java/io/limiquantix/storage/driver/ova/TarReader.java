package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files in a tar archive from its beginning to its end, in the formats ustar, pax and GNU. Folders are passed over; links,
 * devices, sparse members, names that would leave a folder, and names that are there twice have the archive refused.
 */
final class TarReader {
    private static final int BLOCK = TarHeader.BLOCK;
    private static final int MOST_MEMBERS = 1000;
    private static final int MOST_EXTENDED_BYTES = 64 << 10;
    private static final int MOST_NAME = 1024;
    private static final byte[] ZEROES = new byte[BLOCK];

    private final FileChannel archive;
    private final long length;
    private final List<TarMember> members = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long at;
    private int headers;
    private PaxRecords extended = PaxRecords.NONE;
    private @Nullable String longName;

    private TarReader(FileChannel archive) throws IOException {
        this.archive = archive;
        this.length = archive.size();
    }

    /** @throws StorageException {@code INVALID} with the reason, when the archive is to be refused */
    static List<TarMember> members(FileChannel archive) throws IOException {
        TarReader reader = new TarReader(archive);
        for (Optional<TarHeader> next = reader.next(); next.isPresent(); next = reader.next()) {
            reader.take(next.get());
        }
        return reader.members;
    }

    static StorageException sparse() {
        return Refusal.of("has a member that is stored with holes; make the archive without tar's --sparse.");
    }

    /** A block of zeroes is the end, and so is that of the file. */
    private Optional<TarHeader> next() throws IOException {
        if (at == length) {
            return Optional.empty();
        }
        byte[] block = read(at, BLOCK);
        at += BLOCK;
        if (Arrays.equals(block, ZEROES)) {
            return Optional.empty();
        }
        if (++headers > MOST_MEMBERS) {
            throw Refusal.of("has more than " + MOST_MEMBERS + " members.");
        }
        return Optional.of(TarHeader.read(block));
    }

    private void take(TarHeader header) throws IOException {
        switch (header.type()) {
            case '0', '\0', '7' -> takeFile(header);
            case '5' -> {
                pass(0);
                forgetExtensions();
            }
            case 'x' -> extended = PaxRecords.parse(small(header));
            case 'g' -> refuseGlobal(PaxRecords.parse(small(header)));
            case 'L' -> longName = withoutEnd(small(header));
            case 'S' -> throw sparse();
            default ->
                throw Refusal.of("holds " + Refusal.shown(header.name()) + ", which is a link, a device or something"
                        + " else that is no file.");
        }
    }

    private void takeFile(TarHeader header) throws IOException {
        String path = extended.path();
        String name = path != null ? path : longName != null ? longName : header.name();
        Long size = extended.size();
        long bytes = size != null ? size : header.size();
        forgetExtensions();
        String plain = name.startsWith("./") ? name.substring(2) : name;
        if (plain.endsWith("/") && header.type() != '7' && bytes == 0) {
            return;
        }
        requireName(plain);
        if (!names.add(plain)) {
            throw Refusal.of("has two members that are called " + Refusal.shown(plain) + ".");
        }
        members.add(new TarMember(plain, at, bytes));
        pass(bytes);
    }

    private void forgetExtensions() {
        extended = PaxRecords.NONE;
        longName = null;
    }

    private static void requireName(String name) {
        boolean leaves =
                name.startsWith("/") || List.of(name.split("[/\\\\]", -1)).contains("..");
        if (name.isEmpty() || name.length() > MOST_NAME || leaves || name.indexOf('\0') >= 0) {
            throw Refusal.of("has a member with a name that would lead out of a folder, or is none: "
                    + Refusal.shown(name) + ".");
        }
    }

    private static void refuseGlobal(PaxRecords records) {
        if (records.path() != null || records.size() != null) {
            throw Refusal.of("has a tar header that gives all members the same name or size.");
        }
    }

    /** The content of a member that says something of the next one. */
    private byte[] small(TarHeader header) throws IOException {
        if (header.size() > MOST_EXTENDED_BYTES) {
            throw Refusal.of("has a tar header of " + header.size() + " bytes; at most " + MOST_EXTENDED_BYTES
                    + " are admitted.");
        }
        byte[] content = read(at, (int) header.size());
        pass(header.size());
        return content;
    }

    private static String withoutEnd(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Members begin at whole blocks. */
    private void pass(long bytes) {
        if (bytes > length - at || (bytes + BLOCK - 1) / BLOCK * BLOCK > length - at) {
            throw Refusal.of("ends in the middle of a member; it was cut off or is damaged.");
        }
        at += (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    private byte[] read(long from, int count) throws IOException {
        if (count > length - from) {
            throw Refusal.of("ends in the middle of a member; it was cut off or is damaged.");
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && archive.read(bytes, from + bytes.position()) > 0) {}
        return bytes.array();
    }
}
