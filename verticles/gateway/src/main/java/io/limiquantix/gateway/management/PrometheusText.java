package io.limiquantix.gateway.management;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the text format of Prometheus, version 0.0.4 (prometheus.io, "Exposition formats"): the samples of a family stand
 * together, below what the family means.
 */
public final class PrometheusText {
    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    /** The values of Prometheus's types that we have. */
    public enum Type {
        /** Only grows. */
        COUNTER("counter"),
        GAUGE("gauge");

        private final String word;

        Type(String word) {
            this.word = word;
        }
    }

    /**
     * Adds a sample; of a family that is new here also its head.
     *
     * @param name of the family, with its unit; of a counter with {@code _total}
     * @param help one line
     * @param labels their names as Prometheus wants them, their values any text
     */
    public void sample(String name, Type type, String help, Map<String, String> labels, double value) {
        StringBuilder family = families.computeIfAbsent(name, n -> new StringBuilder()
                .append("# HELP ")
                .append(n)
                .append(' ')
                .append(help)
                .append("\n# TYPE ")
                .append(n)
                .append(' ')
                .append(type.word)
                .append('\n'));
        family.append(name);
        if (!labels.isEmpty()) {
            family.append('{');
            String comma = "";
            for (Map.Entry<String, String> label : labels.entrySet()) {
                family.append(comma).append(label.getKey()).append("=\"");
                escape(label.getValue(), family);
                family.append('"');
                comma = ",";
            }
            family.append('}');
        }
        family.append(' ').append(number(value)).append('\n');
    }

    private static void escape(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(value.charAt(i));
            }
        }
    }

    /** Whole numbers without an exponent, which people read more easily. */
    private static String number(double value) {
        long whole = (long) value;
        return whole == value ? Long.toString(whole) : Double.toString(value);
    }

    @Override
    public String toString() {
        return String.join("", families.values());
    }
}
