package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text format of Prometheus 0.0.4 as its documentation has it ("Exposition formats"), with the rules of
 * {@code promtool check metrics}: help for each family, counters end in {@code _total} and nothing else does.
 */
final class MetricsGrammar {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final String NUMBER = "-?(?:\\d+(?:\\.\\d+)?(?:E-?\\d+)?)|NaN|[+-]Inf";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") \\S.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*\\})? (?:" + NUMBER + ")");

    private MetricsGrammar() {}

    static void check(String text) {
        assertThat(text).endsWith("\n");
        Set<String> families = new HashSet<>();
        Set<String> samples = new HashSet<>();
        String family = "";
        boolean typed = false;
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                typed = false;
                assertThat(families.add(family))
                        .as("%s stands together", family)
                        .isTrue();
            } else if (type.matches()) {
                assertThat(type.group(1)).isEqualTo(family);
                assertThat(family.endsWith("_total"))
                        .as(line)
                        .isEqualTo(type.group(2).equals("counter"));
                typed = true;
            } else {
                assertThat(sample.matches()).as("a sample: %s", line).isTrue();
                assertThat(sample.group(1)).isEqualTo(family);
                assertThat(typed).isTrue();
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as("once: %s", line)
                        .isTrue();
            }
        }
    }
}
