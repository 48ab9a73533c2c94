package io.limiquantix.compute.cloudinit;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Looks into a mapping whose keys are words. */
final class Yaml {
    private Yaml() {}

    static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> key(tuple).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    static Optional<String> text(MappingNode mapping, String key) {
        return value(mapping, key).flatMap(Yaml::text);
    }

    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
