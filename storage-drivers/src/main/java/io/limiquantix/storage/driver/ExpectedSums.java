package io.limiquantix.storage.driver;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the checksums of an image's bytes must be, hexadecimal, as far as its publisher says so.
 *
 * @param md5 finds damage, but nobody who means harm
 */
public record ExpectedSums(
        @Nullable String sha256,
        @Nullable String sha512,
        @Nullable String md5) {
    public static final ExpectedSums NONE = new ExpectedSums(null, null, null);

    public ExpectedSums {
        sha256 = lower(sha256);
        sha512 = lower(sha512);
        md5 = lower(md5);
    }

    /** @param sum absent: anything is right */
    public static ExpectedSums sha256(@Nullable String sum) {
        return new ExpectedSums(sum, null, null);
    }

    private static @Nullable String lower(@Nullable String sum) {
        return sum == null ? null : sum.toLowerCase(Locale.ROOT);
    }
}
