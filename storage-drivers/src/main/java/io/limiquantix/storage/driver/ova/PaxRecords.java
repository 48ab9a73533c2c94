package io.limiquantix.storage.driver.ova;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an extended header says of the member that follows it, see POSIX.1-2017, pax, "pax Extended Header".
 *
 * @param path in place of the member's name, absent where nothing is said
 * @param size in place of the member's size, absent where nothing is said
 */
record PaxRecords(@Nullable String path, @Nullable Long size) {
    static final PaxRecords NONE = new PaxRecords(null, null);

    static PaxRecords parse(byte[] bytes) {
        String path = null;
        Long size = null;
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int blank = indexOf(bytes, ' ', at);
            int end = at + length(bytes, at, blank);
            if (end <= blank + 1 || end > bytes.length || bytes[end - 1] != '\n') {
                throw damaged();
            }
            int equals = indexOf(bytes, '=', blank + 1);
            if (equals >= end) {
                throw damaged();
            }
            String key = text(bytes, blank + 1, equals);
            String value = text(bytes, equals + 1, end - 1);
            switch (key) {
                case "path" -> path = value;
                case "size" -> size = size(value);
                default -> refuseSparse(key);
            }
            at = end;
        }
        return new PaxRecords(path, size);
    }

    private static int length(byte[] bytes, int at, int blank) {
        String digits = text(bytes, at, blank);
        if (!digits.matches("[1-9][0-9]{0,5}")) {
            throw damaged();
        }
        return Integer.parseInt(digits);
    }

    private static long size(String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw Refusal.of("has a member of impossible size.");
        }
        return Long.parseLong(value);
    }

    /** GNU tar keeps only the parts of a file that are no holes. */
    private static void refuseSparse(String key) {
        if (key.startsWith("GNU.sparse.")) {
            throw TarReader.sparse();
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw damaged();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static RuntimeException damaged() {
        return Refusal.of("has an extended tar header that cannot be read; it is damaged.");
    }
}
