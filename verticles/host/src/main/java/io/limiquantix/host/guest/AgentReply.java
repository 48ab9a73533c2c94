package io.limiquantix.host.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.bus.host.GuestReport.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a guest's agent answered (QEMU's qga/qapi-schema.json). The guest may write anything: depth, length and
 * number are bounded, addresses have to look like addresses, and control characters are taken out of texts.
 */
final class AgentReply {
    private static final Logger LOG = LoggerFactory.getLogger(AgentReply.class);
    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 256;
    private static final int MAX_ADDRESSES = 64;
    private static final int MAX_PREFIX = 128;
    private static final Pattern IP = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    private AgentReply() {}

    /** What stands under {@code return}; nothing when the reply is not JSON. */
    static Optional<JsonNode> parse(String reply) {
        try {
            return Optional.ofNullable(JSON.readTree(reply).get("return"));
        } catch (JsonProcessingException e) {
            LOG.debug("an agent answered something else than JSON", e);
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode reply, String field) {
        return Optional.ofNullable(reply.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .map(AgentReply::clean)
                .filter(t -> !t.isEmpty());
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(MAX_TEXT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Loopback and link-local are left out. */
    static List<Address> addresses(JsonNode interfaces) {
        List<Address> addresses = new ArrayList<>();
        for (JsonNode nic : interfaces) {
            String mac = nic.path("hardware-address").asText();
            for (JsonNode ip : nic.path("ip-addresses")) {
                if (addresses.size() < MAX_ADDRESSES && MAC.matcher(mac).matches()) {
                    address(mac, ip).ifPresent(addresses::add);
                }
            }
        }
        return addresses;
    }

    private static Optional<Address> address(String mac, JsonNode node) {
        String ip = node.path("ip-address").asText();
        int prefix = node.path("prefix").asInt(-1);
        boolean plausible = IP.matcher(ip).matches() && prefix >= 0 && prefix <= MAX_PREFIX;
        return plausible && !isLocal(ip) ? Optional.of(new Address(mac, ip, prefix, "agent")) : Optional.empty();
    }

    private static boolean isLocal(String ip) {
        return ip.startsWith("127.")
                || ip.equals("::1")
                || ip.startsWith("169.254.")
                || ip.toLowerCase(Locale.ROOT).startsWith("fe80:");
    }
}
