package io.limiquantix.compute.cloudinit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * Writes YAML in which each of our texts is quoted, so that nothing in it can be taken for anything else. What a caller wrote as
 * YAML is in it as nodes and stays what it is: {@code 0644} is a number to base 8 still, {@code "0644"} a text.
 */
final class YamlText {
    private YamlText() {}

    /** @param document of texts, flags, numbers, lists, maps and nodes */
    static String of(Map<String, ?> document) {
        return of(node(document));
    }

    static String of(Node root) {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        StringWriter text = new StringWriter();
        try {
            Serializer serializer = new Serializer(new Emitter(text, options), new Resolver(), options, null);
            serializer.open();
            serializer.serialize(root);
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can always be written", e);
        }
        return text.toString();
    }

    static Node node(Object value) {
        return switch (value) {
            case Node node -> node;
            case Map<?, ?> map -> mapping(map);
            case List<?> list ->
                new SequenceNode(
                        Tag.SEQ, list.stream().<Node>map(YamlText::node).toList(), FlowStyle.BLOCK);
            case Boolean flag -> new ScalarNode(Tag.BOOL, flag.toString(), null, null, ScalarStyle.PLAIN);
            case Integer number -> new ScalarNode(Tag.INT, number.toString(), null, null, ScalarStyle.PLAIN);
            default -> new ScalarNode(Tag.STR, value.toString(), null, null, ScalarStyle.DOUBLE_QUOTED);
        };
    }

    private static MappingNode mapping(Map<?, ?> map) {
        List<NodeTuple> tuples = new ArrayList<>();
        map.forEach((key, value) -> tuples.add(new NodeTuple(
                new ScalarNode(Tag.STR, String.valueOf(key), null, null, ScalarStyle.PLAIN), node(value))));
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }
}
