package io.limiquantix.compute.cloudinit;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Hides what looks secret in a document that is shown: hashes, the values of keys like {@code password} or {@code token}, private
 * keys, and the same within scripts. It is a courtesy to who looks over a shoulder; a secret with an innocent name is not found.
 */
final class SecretMask {
    private static final String MASK = "********";
    private static final String WORD = "(?:passw(?:or)?d|passphrase|secret|token|private|credential|api[-_]?key|"
            + "auth[-_]?key|access[-_]?key|consumer[-_]?key|activation[-_]?key)";
    private static final Pattern SECRET_KEY = Pattern.compile("(?i).*" + WORD + ".*");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)");
    private static final Pattern HASH = Pattern.compile("\\$[0-9a-z]{1,12}\\$[./A-Za-z0-9=,$+-]{8,}");
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)((?:\\b(?!NOPASSWD\\b)[\\w.-]{0,64}" + WORD + "[\\w.-]{0,64}[\"']?\\s*[=:]\\s*)|(?:--[\\w-]{0,64}"
                    + WORD + "[\\w-]{0,64}\\s+))(?:\"[^\"]*\"|'[^']*'|[^\\s\"']+)");
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/\\s:@]*:)[^@\\s/]+@");
    private static final Pattern BEARER = Pattern.compile("(?i)((?:bearer|basic)\\s+)[^\\s\"']{6,}");
    private static final Pattern CODED_SOURCE = Pattern.compile("(data:[^,\\s\"]*;base64,)[A-Za-z0-9+/=_-]+");
    private static final Pattern CODED = Pattern.compile("(?i).*(b64|base64|gz).*");

    private final IdentityHashMap<Node, Node> done = new IdentityHashMap<>();

    private SecretMask() {}

    static Node of(Node root) {
        return new SecretMask().masked(root);
    }

    /** As {@link #of(Node)}, in a text of any kind. */
    static String of(String text) {
        String noKeys = PRIVATE_KEY.matcher(text).replaceAll("(a private key)");
        String noHashes = HASH.matcher(noKeys).replaceAll(MASK);
        String noAssigned = ASSIGNED.matcher(noHashes).replaceAll("$1" + MASK);
        String noAddresses = IN_ADDRESS.matcher(noAssigned).replaceAll("$1" + MASK + "@");
        String noSources = CODED_SOURCE.matcher(noAddresses).replaceAll("$1" + MASK);
        return BEARER.matcher(noSources).replaceAll("$1" + MASK);
    }

    private Node masked(Node node) {
        Node before = done.get(node);
        if (before != null) {
            return before;
        }
        Node result =
                switch (node) {
                    case MappingNode mapping -> mapping(mapping);
                    case SequenceNode list ->
                        new SequenceNode(
                                list.getTag(),
                                list.getValue().stream().map(this::masked).toList(),
                                list.getFlowStyle());
                    case ScalarNode scalar -> with(scalar, of(scalar.getValue()));
                    default -> node;
                };
        done.put(node, result);
        return result;
    }

    private Node mapping(MappingNode mapping) {
        boolean coded = Yaml.text(mapping, "encoding")
                .filter(text -> CODED.matcher(text).matches())
                .isPresent();
        List<NodeTuple> tuples = mapping.getValue().stream()
                .map(tuple -> {
                    String key = Yaml.key(tuple);
                    boolean secret = SECRET_KEY.matcher(key).matches() || (coded && key.equals("content"));
                    Node value = secret ? hidden(tuple.getValueNode()) : masked(tuple.getValueNode());
                    return new NodeTuple(tuple.getKeyNode(), value);
                })
                .toList();
        return new MappingNode(mapping.getTag(), tuples, mapping.getFlowStyle());
    }

    /** Flags tell nothing, and what lies deeper under a name of its own is judged by that. */
    private Node hidden(Node node) {
        return switch (node) {
            case MappingNode mapping -> mapping(mapping);
            case SequenceNode list ->
                new SequenceNode(
                        list.getTag(),
                        list.getValue().stream().map(this::hidden).toList(),
                        list.getFlowStyle());
            case ScalarNode scalar
            when !scalar.getTag().equals(Tag.BOOL) && !scalar.getTag().equals(Tag.NULL) ->
                new ScalarNode(Tag.STR, MASK, null, null, ScalarStyle.DOUBLE_QUOTED);
            default -> node;
        };
    }

    private static ScalarNode with(ScalarNode scalar, String text) {
        return text.equals(scalar.getValue())
                ? scalar
                : new ScalarNode(
                        Tag.STR,
                        text,
                        null,
                        null,
                        scalar.isPlain() ? ScalarStyle.DOUBLE_QUOTED : scalar.getScalarStyle());
    }
}
