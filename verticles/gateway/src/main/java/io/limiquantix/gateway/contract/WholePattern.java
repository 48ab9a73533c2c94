package io.limiquantix.gateway.contract;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A pattern whose {@code $} means the very end, as ECMA-262 says: Java's also matches before a last line break and would
 * let {@code "name\n"} through.
 */
final class WholePattern implements RegularExpression {
    private final Pattern pattern;

    WholePattern(String regex) {
        this.pattern = Pattern.compile(regex.endsWith("$") ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(value).find();
    }
}
