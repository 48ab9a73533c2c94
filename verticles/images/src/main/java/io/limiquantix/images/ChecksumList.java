package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImagesApi.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of checksums as it is published beside files: lines as {@code sha256sum} writes them, with {@code --tag} too (coreutils
 * manual), signed or not, or one checksum by itself. Whatever is no such line is passed over.
 */
final class ChecksumList {
    private static final Pattern TAGGED =
            Pattern.compile("(?:\\d+\\s+)?([A-Za-z0-9-]+) ?\\((.+)\\) ?= ?([0-9a-fA-F]+)");
    private static final Pattern PLAIN = Pattern.compile("([0-9a-fA-F]{32,128})[ \\t]+\\*?(\\S.*)");
    private static final Pattern ALONE = Pattern.compile("[0-9a-fA-F]{32,128}");
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";

    private static final Map<Integer, Algorithm> BY_DIGITS =
            Map.of(32, Algorithm.MD5, 64, Algorithm.SHA256, 128, Algorithm.SHA512);
    private static final Map<String, Algorithm> BY_TAG = Map.of(
            "MD5", Algorithm.MD5,
            "SHA256", Algorithm.SHA256,
            "SHA2-256", Algorithm.SHA256,
            "SHA512", Algorithm.SHA512,
            "SHA2-512", Algorithm.SHA512);

    private enum Algorithm {
        SHA256,
        SHA512,
        MD5
    }

    /** @param file as it is written, with folders; absent for a checksum by itself */
    private record Line(@Nullable String file, Algorithm algorithm, String digits) {
        String name() {
            return file == null ? "" : file.substring(file.lastIndexOf('/') + 1);
        }

        boolean isIn(String folder) {
            return file != null && (file.equals(folder + name()) || file.equals("./" + folder + name()));
        }
    }

    private final List<Line> lines;

    private ChecksumList(List<Line> lines) {
        this.lines = lines;
    }

    static ChecksumList parse(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.equals(SIGNATURE)) {
                break;
            }
            read(line).ifPresent(lines::add);
        }
        return new ChecksumList(lines);
    }

    private static Optional<Line> read(String line) {
        Matcher tagged = TAGGED.matcher(line);
        if (tagged.matches()) {
            Algorithm algorithm = BY_TAG.get(tagged.group(1).toUpperCase(Locale.ROOT));
            return of(tagged.group(2), algorithm, tagged.group(3));
        }
        Matcher plain = PLAIN.matcher(line);
        if (plain.matches()) {
            return of(plain.group(2), BY_DIGITS.get(plain.group(1).length()), plain.group(1));
        }
        return ALONE.matcher(line).matches() ? of(null, BY_DIGITS.get(line.length()), line) : Optional.empty();
    }

    /** Nothing for a checksum that is not compared, or has another length than its name says. */
    private static Optional<Line> of(@Nullable String file, @Nullable Algorithm algorithm, String digits) {
        return algorithm == null || BY_DIGITS.get(digits.length()) != algorithm
                ? Optional.empty()
                : Optional.of(new Line(file, algorithm, digits.toLowerCase(Locale.ROOT)));
    }

    /**
     * What it says of a file.
     *
     * @throws FailureException {@code INVALID} when it says nothing, or several things
     */
    Sums of(String fileName) {
        List<Line> found = lines(fileName);
        if (found.isEmpty()) {
            throw FailureException.invalid(
                    PublishedSums.FIELD,
                    "The list has " + lines.size() + " checksums, none of them of a file " + fileName
                            + ". Look at the list's address, or give the checksum itself.");
        }
        return new Sums(
                only(found, Algorithm.SHA256, fileName),
                only(found, Algorithm.SHA512, fileName),
                only(found, Algorithm.MD5, fileName));
    }

    private List<Line> lines(String fileName) {
        List<Line> named = lines.stream().filter(l -> l.name().equals(fileName)).toList();
        if (named.isEmpty()) {
            return lines.size() == 1
                    ? lines.stream().filter(l -> l.file() == null).toList()
                    : List.of();
        }
        Predicate<Line> isBeside = line -> line.isIn("");
        // The list of a whole tree has files of one name in several folders; the one beside the list is meant.
        return named.stream().anyMatch(isBeside)
                ? named.stream().filter(isBeside).toList()
                : named;
    }

    private static @Nullable String only(List<Line> found, Algorithm algorithm, String fileName) {
        List<String> digits = found.stream()
                .filter(line -> line.algorithm() == algorithm)
                .map(Line::digits)
                .distinct()
                .toList();
        if (digits.size() > 1) {
            throw FailureException.invalid(
                    PublishedSums.FIELD,
                    "The list has " + digits.size() + " different checksums of files called " + fileName
                            + "; give the checksum itself.");
        }
        return digits.isEmpty() ? null : digits.getFirst();
    }
}
