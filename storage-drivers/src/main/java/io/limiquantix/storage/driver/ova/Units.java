package io.limiquantix.storage.driver.ova;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts of bytes in an appliance's description, in programmatic units as DMTF DSP0004, annex C, has them ({@code byte * 2^30}), and
 * in the words that older programs write ({@code MegaBytes}).
 */
final class Units {
    private static final Pattern FACTOR = Pattern.compile("([0-9]{1,9})(?:\\^([0-9]{1,2}))?");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Map<String, Integer> WORDS = Map.of(
            "byte", 0, "bytes", 0, "kb", 10, "kilobytes", 10, "mb", 20, "megabytes", 20, "gb", 30, "gigabytes", 30);

    private Units() {}

    /**
     * @param number decimal
     * @param unit empty for bytes
     * @param what it is an amount of, for the middle of a sentence
     */
    static long bytes(String number, String unit, String what) {
        if (!number.matches("[0-9]{1,19}")) {
            throw Refusal.of("says that " + what + " is " + Refusal.shown(number) + ", which is no number.");
        }
        BigInteger bytes = new BigInteger(number);
        String[] factors = unit.isBlank() ? new String[] {"byte"} : unit.split("\\*", -1);
        for (String factor : factors) {
            bytes = bytes.multiply(factor(factor.strip(), unit, what));
        }
        if (bytes.compareTo(MOST) > 0) {
            throw Refusal.of("says that " + what + " is larger than anything can be.");
        }
        return bytes.longValueExact();
    }

    private static BigInteger factor(String factor, String unit, String what) {
        Integer power = WORDS.get(factor.toLowerCase(Locale.ROOT));
        if (power != null) {
            return BigInteger.ONE.shiftLeft(power);
        }
        Matcher found = FACTOR.matcher(factor);
        if (!found.matches()) {
            throw Refusal.of("says " + what + " in units that are not known here: " + Refusal.shown(unit) + ".");
        }
        String exponent = found.group(2);
        return new BigInteger(found.group(1)).pow(exponent == null ? 1 : Integer.parseInt(exponent));
    }
}
