package io.limiquantix.images.catalogue;

import io.limiquantix.bus.FailureException;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.names.WebAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of one mapping. What is wrong is told and gives a value without meaning, so that all mistakes are found at once. */
final class YamlFields {
    private static final int LONGEST_ADDRESS = 2000;
    private static final int LONGEST_SHOWN = 40;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final String place;
    private final Consumer<String> mistakes;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    /** @param place of the mapping, for messages */
    YamlFields(MappingNode mapping, String place, Consumer<String> mistakes) {
        this.place = place;
        this.mistakes = mistakes;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                mistakes.accept(place + ": the name of a field has to be a word.");
            } else if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                wrong(key.getValue(), "it is there twice");
            }
        }
    }

    /** The value of a field before anything was looked at; nothing when it has none. */
    static @Nullable String scalar(MappingNode mapping, String field) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals(field)
                    && tuple.getValueNode() instanceof ScalarNode value) {
                return value.getValue();
            }
        }
        return null;
    }

    @Nullable
    Node node(String field) {
        known.add(field);
        return values.get(field);
    }

    String text(String field, int longest) {
        return required(field, optionalText(field, longest));
    }

    @Nullable
    String optionalText(String field, int longest) {
        String value = value(field);
        if (value != null && value.length() > longest) {
            wrong(field, "it has more than " + longest + " characters");
            return null;
        }
        return value;
    }

    /** Fit to name an image. */
    String thingName(String field) {
        String value = text(field, Integer.MAX_VALUE);
        try {
            if (!value.isEmpty()) {
                ThingName.require(value);
            }
        } catch (FailureException e) {
            wrong(field, e.failure().message());
        }
        return value;
    }

    String word(String field, List<String> possible) {
        return required(field, optionalWord(field, possible));
    }

    @Nullable
    String optionalWord(String field, List<String> possible) {
        String value = value(field);
        if (value != null && !possible.contains(value)) {
            wrong(field, shown(value) + " is none of " + String.join(", ", possible));
        }
        return value;
    }

    @Nullable
    String optionalMatch(String field, Pattern pattern, String what) {
        String value = value(field);
        if (value != null && !pattern.matcher(value).matches()) {
            wrong(field, shown(value) + " is not " + what);
        }
        return value;
    }

    @Nullable
    Long number(String field, long least, long most) {
        String value = value(field);
        if (value == null) {
            return null;
        }
        if (!NUMBER.matcher(value).matches() || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            wrong(field, shown(value) + " is no number from " + least + " to " + most);
            return null;
        }
        return Long.parseLong(value);
    }

    String address(String field) {
        return required(field, optionalAddress(field));
    }

    @Nullable
    String optionalAddress(String field) {
        String value = optionalText(field, LONGEST_ADDRESS);
        try {
            if (value != null) {
                WebAddress.parse(value);
            }
        } catch (FailureException e) {
            wrong(field, e.failure().message());
        }
        return value;
    }

    /** To be called when all fields that may be there were asked for. */
    void refuseOthers() {
        values.keySet().stream()
                .filter(field -> !known.contains(field))
                .forEach(field -> wrong(shown(field), "there is no such field"));
    }

    void wrong(String field, String what) {
        mistakes.accept(place + ", " + field + ": " + what + (what.endsWith(".") ? "" : "."));
    }

    private @Nullable String value(String field) {
        return switch (node(field)) {
            case null -> null;
            case ScalarNode scalar when isEmpty(scalar) -> null;
            case ScalarNode scalar -> SPACE.matcher(scalar.getValue().strip()).replaceAll(" ");
            case Node other -> {
                wrong(field, "it has to be one value");
                yield null;
            }
        };
    }

    private String required(String field, @Nullable String value) {
        if (value != null) {
            return value;
        }
        if (isEmpty(values.get(field))) {
            wrong(field, "it is missing");
        }
        return "";
    }

    private static boolean isEmpty(@Nullable Node node) {
        return node == null
                || (node instanceof ScalarNode scalar
                        && (scalar.getTag().equals(Tag.NULL)
                                || scalar.getValue().isBlank()));
    }

    private static String shown(String value) {
        return "\"" + (value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value) + "\"";
    }
}
