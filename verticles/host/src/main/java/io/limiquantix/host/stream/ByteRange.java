package io.limiquantix.host.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file.
 *
 * @param offset of its first byte
 * @param length at least 1
 */
record ByteRange(long offset, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a {@code Range} header may mean. */
    sealed interface Asked {
        /** Nothing that is understood, so all of it: RFC 9110, 14.2. */
        record All() implements Asked {}

        record Part(ByteRange range) implements Asked {}

        /** A part that is not there. */
        record Nowhere() implements Asked {}
    }

    /** Several parts in one header are more than a server has to give: it answers with all. */
    static Asked of(@Nullable String header, long size) {
        return Optional.ofNullable(header)
                .map(ONE::matcher)
                .filter(Matcher::matches)
                .map(parts -> asked(parts.group(1), parts.group(2), size))
                .orElseGet(Asked.All::new);
    }

    private static Asked asked(String first, String last, long size) {
        if (first.isEmpty()) {
            return last.isEmpty() ? new Asked.All() : ending(Long.parseLong(last), size);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return new Asked.All();
        }
        return from >= size ? new Asked.Nowhere() : new Asked.Part(new ByteRange(from, to - from + 1));
    }

    private static Asked ending(long length, long size) {
        long most = Math.min(length, size);
        return most == 0 ? new Asked.Nowhere() : new Asked.Part(new ByteRange(size - most, most));
    }

    /** For the header {@code Content-Range}. */
    String of(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}
