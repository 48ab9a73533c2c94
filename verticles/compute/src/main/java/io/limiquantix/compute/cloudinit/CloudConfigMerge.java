package io.limiquantix.compute.cloudinit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Puts a caller's cloud-config behind ours: lists go on after ours, and nothing may say otherwise than the form does. */
final class CloudConfigMerge {
    private static final Set<String> LISTS = Set.of("packages", "runcmd", "users", "write_files", "bootcmd");
    private static final Set<String> COMMANDS = Set.of("runcmd", "bootcmd");
    private static final Map<String, String> FIELDS = Map.of(
            "hostname", "hostName",
            "fqdn", "hostName",
            "ssh_pwauth", "sshPasswordLogin",
            "locale", "locale",
            "timezone", "timeZone");

    private CloudConfigMerge() {}

    /** @param user the account that ours makes */
    static Map<String, Object> of(Map<String, Object> ours, MappingNode theirs, String user) {
        Map<String, Object> merged = new LinkedHashMap<>(ours);
        for (NodeTuple tuple : theirs.getValue()) {
            String key = Yaml.key(tuple);
            Node value = tuple.getValueNode();
            if (LISTS.contains(key)) {
                merged.put(key, appended(ours.get(key), tuple, user));
            } else if (FIELDS.containsKey(key) && ours.containsKey(key)) {
                agree(ours.get(key), tuple);
            } else {
                merged.put(key, value);
            }
        }
        return merged;
    }

    private static List<Object> appended(@Nullable Object ours, NodeTuple theirs, String user) {
        String key = Yaml.key(theirs);
        if (!(theirs.getValueNode() instanceof SequenceNode list)) {
            throw CloudConfigReading.refusal(CloudConfigReading.line(theirs.getKeyNode()) + key + " has to be a list.");
        }
        List<Object> all = new ArrayList<>();
        if (ours instanceof List<?> before) {
            all.addAll(before);
        }
        for (Node item : list.getValue()) {
            if (key.equals("users")) {
                refuseOurUser(item, user);
            }
            if (COMMANDS.contains(key) && item instanceof MappingNode) {
                throw CloudConfigReading.refusal(CloudConfigReading.line(item) + key
                        + " has a mapping here, as the command has a colon with a space in it. Put the whole command into"
                        + " quotes.");
            }
            all.add(item);
        }
        return all;
    }

    private static void refuseOurUser(Node item, String user) {
        Optional<String> name = item instanceof MappingNode mapping ? Yaml.text(mapping, "name") : Yaml.text(item);
        if (name.filter(user::equals).isPresent()) {
            throw CloudConfigReading.refusal(CloudConfigReading.line(item) + "the user \"" + user
                    + "\" is the one of the form (cloudInit.user). Say it in one of the two places.");
        }
    }

    private static void agree(@Nullable Object ours, NodeTuple theirs) {
        Optional<String> said = Yaml.text(theirs.getValueNode());
        if (said.filter(Objects.toString(ours)::equals).isEmpty()) {
            String key = Yaml.key(theirs);
            throw CloudConfigReading.refusal(CloudConfigReading.line(theirs.getKeyNode()) + key
                    + " says otherwise than the form does (cloudInit." + FIELDS.get(key)
                    + "). Say it in one of the two places.");
        }
    }
}
