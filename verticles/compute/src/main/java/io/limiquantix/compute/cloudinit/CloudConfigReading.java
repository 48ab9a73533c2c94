package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.FailureException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a cloud-config that anybody may have written, as nodes: nothing of it becomes an object of Java, and how deep it is, how
 * much it is once its references are followed, and what it calls its values is limited.
 */
final class CloudConfigReading {
    private static final int MOST_DEPTH = 20;
    private static final int MOST_REFERENCES = 50;
    private static final int MOST_NODES = 20_000;
    private static final int SHOWN = 40;
    private static final Set<Tag> TAGS = Set.of(
            Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.BINARY, Tag.TIMESTAMP, Tag.MERGE);

    private int nodes;

    private CloudConfigReading() {}

    /** @throws FailureException {@code INVALID} with the line; it repeats no value */
    static MappingNode read(String text) {
        if (!(compose(text) instanceof MappingNode root)) {
            throw refusal("A cloud-config is a mapping: lines like \"packages: [nginx]\".");
        }
        new CloudConfigReading().visit(root, 0);
        checkKeys(root);
        PlainPasswords.refuse(root);
        return root;
    }

    static FailureException refusal(String message) {
        return FailureException.invalid(FreeUserData.FIELD, message);
    }

    /** For the beginning of a message. */
    static String line(Node node) {
        Mark mark = node.getStartMark();
        return mark == null ? "" : "Line " + (mark.getLine() + 1) + ": ";
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(FreeUserData.MOST_BYTES);
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setMaxAliasesForCollections(MOST_REFERENCES);
        limits.setAllowRecursiveKeys(false);
        try {
            return new Composer(new ParserImpl(new StreamReader(text), limits), new Resolver(), limits).getSingleNode();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String where = mark == null ? "" : "Line " + (mark.getLine() + 1) + ": ";
            throw refusal(where + "this is no YAML: " + cut(String.valueOf(e.getProblem())) + ".");
        } catch (YAMLException _) {
            throw refusal(
                    "This is no YAML that is accepted: it is too deep, has too many references, or characters that"
                            + " YAML does not have.");
        }
    }

    /** Follows references as a reader would, so that a few lines cannot become millions. */
    private void visit(Node node, int depth) {
        nodes++;
        if (nodes > MOST_NODES || depth > MOST_DEPTH) {
            throw refusal("With its references followed this is too much: at most " + MOST_NODES + " values, "
                    + MOST_DEPTH + " deep.");
        }
        if (!TAGS.contains(node.getTag())) {
            throw refusal(line(node) + "the tag " + cut(node.getTag().getValue()) + " is not accepted.");
        }
        switch (node) {
            case MappingNode mapping -> {
                uniqueKeys(mapping);
                for (NodeTuple tuple : mapping.getValue()) {
                    visit(tuple.getValueNode(), depth + 1);
                }
            }
            case SequenceNode list -> list.getValue().forEach(item -> visit(item, depth + 1));
            default -> {}
        }
    }

    private static void uniqueKeys(MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refusal(line(tuple.getKeyNode()) + "the name of a field has to be a word.");
            }
            if (!seen.add(key.getValue())) {
                throw refusal(line(key) + "\"" + cut(key.getValue()) + "\" is there twice.");
            }
        }
    }

    private static void checkKeys(MappingNode root) {
        for (NodeTuple tuple : root.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (!CloudConfigKeys.isKnown(key)) {
                String meant = CloudConfigKeys.nearest(key)
                        .map(known -> " Did you mean \"" + known + "\"?")
                        .orElse("");
                throw refusal(line(tuple.getKeyNode()) + "cloud-init does not know \"" + cut(key) + "\"." + meant);
            }
        }
    }

    private static String cut(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
