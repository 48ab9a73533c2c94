package io.limiquantix.compute.cloudinit;

import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Refuses passwords in plain text, wherever cloud-init would take one: a guest keeps its user-data, readable for its root. */
final class PlainPasswords {
    private static final String WHAT_TO_DO =
            " Use the password of the form, or a hash: \"openssl passwd -6\" makes one for hashed_passwd.";
    private static final Set<String> HASHES = Set.of("passwd", "hashed_passwd");

    private PlainPasswords() {}

    static void refuse(MappingNode root) {
        Yaml.value(root, "password").filter(PlainPasswords::isPlain).ifPresent(node -> refuse(node, "password"));
        Yaml.value(root, "chpasswd").ifPresent(PlainPasswords::refuseChangedPasswords);
        refuseOfUsers(root);
    }

    private static void refuseChangedPasswords(Node chpasswd) {
        if (!(chpasswd instanceof MappingNode mapping)) {
            return;
        }
        Yaml.value(mapping, "list").ifPresent(node -> {
            throw CloudConfigReading.refusal(CloudConfigReading.line(node)
                    + "chpasswd.list is deprecated and takes plain passwords. Use chpasswd.users with type: hash.");
        });
        Yaml.value(mapping, "users").ifPresent(node -> {
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(PlainPasswords::refuseChangedPassword);
            }
        });
    }

    private static void refuseChangedPassword(Node entry) {
        if (!(entry instanceof MappingNode user)) {
            return;
        }
        boolean isText = Yaml.text(user, "type").filter("text"::equals).isPresent();
        Yaml.value(user, "password")
                .filter(node -> isText || isPlain(node))
                .ifPresent(node -> refuse(node, "chpasswd.users"));
    }

    private static void refuseOfUsers(Node node) {
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = Yaml.key(tuple);
                    Node value = tuple.getValueNode();
                    if (key.equals("plain_text_passwd") || (HASHES.contains(key) && isPlain(value))) {
                        refuse(tuple.getKeyNode(), key);
                    }
                    refuseOfUsers(value);
                }
            }
            case SequenceNode list -> list.getValue().forEach(PlainPasswords::refuseOfUsers);
            default -> {}
        }
    }

    /** A hash begins with the dollar sign of crypt(5); an exclamation mark or asterisk locks. */
    private static boolean isPlain(Node node) {
        Optional<String> text = node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
        return text.filter(value -> !value.isEmpty() && "$!*".indexOf(value.charAt(0)) < 0)
                .isPresent();
    }

    private static void refuse(Node at, String key) {
        throw CloudConfigReading.refusal(
                CloudConfigReading.line(at) + key + " holds a password in plain text." + WHAT_TO_DO);
    }
}
