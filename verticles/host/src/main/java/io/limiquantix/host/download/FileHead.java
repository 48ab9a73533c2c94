package io.limiquantix.host.download;

import io.limiquantix.bus.FailureException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a web server says of a file before its bytes come (RFC 9110).
 *
 * @param offset of the first byte that comes
 * @param length of all of it, or {@link #NO_LENGTH}
 * @param validator by which the server tells whether the file is still the same; absent where it has none
 */
record FileHead(long offset, long length, @Nullable String validator) {
    static final long NO_LENGTH = -1;
    static final FileHead UNKNOWN = new FileHead(0, NO_LENGTH, null);

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    /** Another try may be answered otherwise. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /**
     * @throws FailureException {@code INVALID} when there is no file at that address
     * @throws BrokenOffException when there is none now
     */
    static FileHead of(DownloadConnection answer, String host) throws BrokenOffException {
        int status = answer.status();
        if (PASSING.contains(status) || status == RANGE_NOT_SATISFIABLE) {
            throw new BrokenOffException(host + " answers " + answer.statusText());
        }
        if (status != OK && status != PARTIAL) {
            throw FailureException.invalid(
                    "url", host + " has no such file: it answers " + answer.statusText() + ". Look at the address.");
        }
        requireFile(answer, host);
        return status == OK ? whole(answer, host) : part(answer, host);
    }

    private static void requireFile(DownloadConnection answer, String host) {
        String type = answer.header("Content-Type").orElse("");
        if (type.startsWith("text/html")) {
            throw FailureException.invalid(
                    "url", host + " answers with a page for people, not a file. Look at the address.");
        }
        String encoding = answer.header("Content-Encoding").orElse("identity");
        if (!encoding.equals("identity")) {
            throw FailureException.invalid(
                    "url", host + " sends the file only as " + encoding + ", which was not asked for.");
        }
    }

    private static FileHead whole(DownloadConnection answer, String host) {
        Optional<String> length = answer.header("Content-Length");
        if (length.isEmpty() && !answer.header("Transfer-Encoding").orElse("").contains("chunked")) {
            // The end of the connection would be that of the file, and nobody could tell one that was cut.
            throw FailureException.invalid("url", host + " does not say how long the file is; take another server.");
        }
        return new FileHead(0, length.map(Long::parseLong).orElse(NO_LENGTH), validator(answer));
    }

    private static FileHead part(DownloadConnection answer, String host) throws BrokenOffException {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
        if (!range.matches()) {
            throw new BrokenOffException(host + " does not say which part it sends");
        }
        return new FileHead(Long.parseLong(range.group(1)), Long.parseLong(range.group(3)), validator(answer));
    }

    /** A weak one says nothing of single bytes. */
    private static @Nullable String validator(DownloadConnection answer) {
        return answer.header("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> answer.header("Last-Modified"))
                .orElse(null);
    }

    /** Whether this is the rest of a file of which so many bytes came. */
    boolean goesOn(FileHead before, long bytes) {
        return offset == bytes
                && (before.length() == NO_LENGTH || before.length() == length)
                && (validator == null || validator.equals(before.validator()));
    }
}
