package io.limiquantix.images.system;

import io.limiquantix.bus.images.SystemFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one publisher names what it publishes.
 *
 * @param system of which version, by what the pattern found; empty: it is not that system after all
 */
record NamingRule(Pattern pattern, Function<MatchResult, Optional<SystemFacts>> system) {

    /** The version is the first group, or the groups with dots between them. */
    static NamingRule versioned(KnownSystem system, String pattern) {
        return new NamingRule(compiled(pattern), found -> Optional.of(system.version(version(found))));
    }

    /** Of a system that has no versions. */
    static NamingRule rolling(KnownSystem system, String pattern) {
        return new NamingRule(compiled(pattern), found -> Optional.of(system.version(Release.ROLLING)));
    }

    /** The first group is the name of a release. */
    static NamingRule released(KnownSystem system, String pattern, Function<String, Optional<String>> versionOf) {
        return new NamingRule(compiled(pattern), found -> versionOf
                .apply(found.group(1).toLowerCase(Locale.ROOT))
                .map(system::version));
    }

    private static Pattern compiled(String pattern) {
        return Pattern.compile("(?<![a-z0-9])" + pattern, Pattern.CASE_INSENSITIVE);
    }

    private static @Nullable String version(MatchResult found) {
        StringBuilder version = new StringBuilder();
        for (int i = 1; i <= found.groupCount(); i++) {
            String part = found.group(i);
            if (part != null) {
                version.append(version.isEmpty() ? "" : ".").append(part);
            }
        }
        return version.isEmpty() ? null : version.toString();
    }

    /** What the first of the rules that fits says. */
    static Optional<SystemFacts> first(List<NamingRule> rules, String text) {
        return rules.stream().flatMap(rule -> rule.apply(text).stream()).findFirst();
    }

    private Optional<SystemFacts> apply(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? system.apply(matcher) : Optional.empty();
    }
}
