package io.limiquantix.compute.cloudinit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys that cloud-init 22.4 to 25.x know at the top of a cloud-config; {@code cloud-config-keys.txt} says from where. */
final class CloudConfigKeys {
    private static final Set<String> KNOWN = read();
    private static final int NEAR = 3;

    private CloudConfigKeys() {}

    static boolean isKnown(String key) {
        return KNOWN.contains(key);
    }

    /** The known key that was probably meant, if one is less than three letters away, or half of the word. */
    static Optional<String> nearest(String key) {
        return KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(key, known)))
                .filter(known -> distance(key, known) <= Math.min(NEAR, key.length() / 2));
    }

    /** How many letters to change, to add or to leave out (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static Set<String> read() {
        try (InputStream file = Objects.requireNonNull(
                CloudConfigKeys.class.getResourceAsStream("cloud-config-keys.txt"), "the list of keys is missing")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of keys cannot be read", e);
        }
    }
}
