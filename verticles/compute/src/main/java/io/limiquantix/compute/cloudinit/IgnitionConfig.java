package io.limiquantix.compute.cloudinit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.Ignition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configuration of Ignition (its specification, version 3): the account and the host name, put into what the caller wrote. */
public final class IgnitionConfig {
    private static final String FIELD = "ignition.config";
    private static final String VERSION = "3.3.0";
    private static final Pattern VERSIONS = Pattern.compile("3\\.[0-5]\\.0");
    private static final Set<String> KEYS = Set.of("ignition", "passwd", "storage", "systemd", "kernelArguments");
    private static final String HOST_NAME = "/etc/hostname";
    private static final int MOST_BYTES = 64 * 1024;
    /** 0644 as JSON has it. */
    private static final int READABLE = 420;

    private IgnitionConfig() {}

    /** @throws FailureException {@code INVALID} when the caller's own configuration is not acceptable; it repeats no value */
    public static String of(String vmName, Ignition wish) {
        ObjectNode document = read(wish.config());
        addUser(document, wish);
        HostName name = HostName.of(wish.hostName(), vmName);
        addHostName(document, name.full().orElse(name.label()));
        return document.toString();
    }

    /** Laid out and with secrets hidden, for people's eyes. */
    public static String masked(String vmName, Ignition wish) {
        try {
            JsonNode document = Wire.json().readTree(of(vmName, wish));
            for (JsonNode user : document.path("passwd").path("users")) {
                if (user instanceof ObjectNode account && account.has("passwordHash")) {
                    account.put("passwordHash", "********");
                }
            }
            return SecretMask.of(document.toPrettyString()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON can be read", e);
        }
    }

    private static ObjectNode read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            ObjectNode document = Wire.json().createObjectNode();
            document.putObject("ignition").put("version", VERSION);
            return document;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw refusal("A configuration has at most 64 KiB. Let it merge what is longer from an address.");
        }
        if (!(parse(text) instanceof ObjectNode document)) {
            throw refusal("A configuration of Ignition is a JSON object. Butane makes one from YAML.");
        }
        String version = document.path("ignition").path("version").asText("");
        if (!VERSIONS.matcher(version).matches()) {
            throw refusal("It has to name a version of the specification, 3.0.0 to 3.5.0, as ignition.version.");
        }
        for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw refusal("Ignition does not know \"" + name.substring(0, Math.min(40, name.length())) + "\".");
            }
        }
        return document;
    }

    private static JsonNode parse(String text) {
        try {
            return Wire.json().readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw refusal("Line " + line + ": this is no JSON.");
        }
    }

    private static void addUser(ObjectNode document, Ignition wish) {
        ArrayNode users = list(document, "passwd", "users");
        for (JsonNode user : users) {
            String hash = user.path("passwordHash").asText("");
            if (!hash.isEmpty() && !hash.startsWith("$")) {
                throw refusal("A passwordHash holds a password in plain text; \"openssl passwd -6\" makes a hash.");
            }
            if (user.path("name").asText().equals(wish.user())) {
                throw refusal("The user \"" + wish.user()
                        + "\" is the one of ignition.user. Say it in one of the two places.");
            }
        }
        ObjectNode user = users.addObject().put("name", wish.user());
        if (wish.passwordHash() != null) {
            user.put("passwordHash", wish.passwordHash());
        }
        ArrayNode keys = user.putArray("sshAuthorizedKeys");
        wish.sshKeys().forEach(keys::add);
    }

    private static void addHostName(ObjectNode document, String name) {
        ArrayNode files = list(document, "storage", "files");
        for (JsonNode file : files) {
            if (file.path("path").asText().equals(HOST_NAME)) {
                throw refusal("The file " + HOST_NAME + " is written with ignition.hostName. Leave it out.");
            }
        }
        ObjectNode file =
                files.addObject().put("path", HOST_NAME).put("mode", READABLE).put("overwrite", true);
        file.putObject("contents").put("source", "data:," + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private static ArrayNode list(ObjectNode document, String section, String name) {
        if (!document.has(section)) {
            document.putObject(section);
        }
        if (!(document.get(section) instanceof ObjectNode object)) {
            throw refusal(section + " has to be an object.");
        }
        if (!object.has(name)) {
            object.putArray(name);
        }
        if (!(object.get(name) instanceof ArrayNode list)) {
            throw refusal(section + "." + name + " has to be a list.");
        }
        return list;
    }

    private static FailureException refusal(String message) {
        return FailureException.invalid(FIELD, message);
    }
}
