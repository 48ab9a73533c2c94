package io.limiquantix.compute.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.VmSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 of a spec's JSON with the members of each object in the order of their names. */
public final class SpecDigest {
    private SpecDigest() {}

    public static String of(VmSpec spec) {
        return sha256(ordered(Wire.json().valueToTree(spec)).toString());
    }

    private static JsonNode ordered(JsonNode node) {
        if (node.isArray()) {
            var items = Wire.json().createArrayNode();
            node.forEach(item -> items.add(ordered(item)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        var byName = new TreeMap<String, JsonNode>();
        node.properties().forEach(member -> byName.put(member.getKey(), ordered(member.getValue())));
        ObjectNode sorted = Wire.json().createObjectNode();
        sorted.setAll(byName);
        return sorted;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
