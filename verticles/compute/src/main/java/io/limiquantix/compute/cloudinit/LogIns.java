package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.compute.cloudinit.FreeUserData.CloudConfig;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Whether anybody will be able to log in to a guest, as far as that can be known before it is there. */
public final class LogIns {
    private static final Set<String> WAYS = Set.of("ssh_authorized_keys", "ssh_import_id", "passwd", "hashed_passwd");

    private LogIns() {}

    /** @throws FailureException {@code INVALID} when nobody could, and the caller has not said that this is meant */
    public static void require(CloudInit wish) {
        boolean known = wish.passwordHash() != null || !wish.sshKeys().isEmpty() || wish.nobodyLogsIn();
        if (known || (FreeUserData.read(wish.userData()) instanceof CloudConfig config && has(config.root()))) {
            return;
        }
        refuse("cloudInit.nobodyLogsIn");
    }

    /** As for cloud-init; what the caller's own configuration says of accounts is not looked at. */
    public static void require(Ignition wish) {
        if (wish.passwordHash() == null && wish.sshKeys().isEmpty() && !wish.nobodyLogsIn()) {
            refuse("ignition.nobodyLogsIn");
        }
    }

    private static void refuse(String field) {
        throw FailureException.invalid(
                field,
                "Nobody could log in: neither a password nor an SSH key is given. Give one, or confirm with"
                        + " nobodyLogsIn that this is meant.");
    }

    private static boolean has(Node node) {
        return switch (node) {
            case MappingNode mapping -> mapping.getValue().stream().anyMatch(LogIns::isWay);
            default -> false;
        };
    }

    private static boolean isWay(NodeTuple tuple) {
        String key = Yaml.key(tuple);
        if (key.equals("users") && tuple.getValueNode() instanceof SequenceNode users) {
            return users.getValue().stream().anyMatch(LogIns::has);
        }
        return WAYS.contains(key);
    }
}
