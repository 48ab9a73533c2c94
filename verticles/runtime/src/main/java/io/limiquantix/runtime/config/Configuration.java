package io.limiquantix.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The operator's YAML file. Each part of the platform reads its own section into its own record; unknown keys are errors. */
public final class Configuration {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;
    private final JsonNode root;

    private Configuration(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    public static Configuration read(Path file) throws IOException {
        JsonNode root = YAML.readTree(file.toFile());
        if (!(root instanceof ObjectNode)) {
            throw new IllegalArgumentException(file + " holds no settings.");
        }
        return new Configuration(file, root);
    }

    /** The section as its record, or the record of an empty section when there is none. */
    public <T extends Record> T section(String name, Class<T> type) {
        JsonNode node = Optional.<JsonNode>ofNullable(root.get(name)).orElseGet(YAML::createObjectNode);
        try {
            return YAML.treeToValue(node.isNull() ? YAML.createObjectNode() : node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The section \"" + name + "\" of " + file + " is not right: " + e.getOriginalMessage(), e);
        }
    }
}
