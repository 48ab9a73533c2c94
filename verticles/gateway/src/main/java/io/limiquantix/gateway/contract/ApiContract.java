package io.limiquantix.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The OpenAPI file as far as the gateway acts on it: which operations there are and what they accept. */
public final class ApiContract {
    private static final String LOCATION = "https://limiquantix/openapi";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");

    private final JsonNode document;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config;

    private ApiContract(JsonNode document) {
        this.document = document;
        this.factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, document.toString()))));
        this.config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .regularExpressionFactory(WholePattern::new)
                .build();
    }

    public static ApiContract load() {
        try (InputStream file = Objects.requireNonNull(ApiContract.class.getResourceAsStream("/openapi.yaml"))) {
            return new ApiContract(new ObjectMapper(new YAMLFactory()).readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the OpenAPI file cannot be read", e);
        }
    }

    /** Where the API begins, for instance {@code /api/v1}. */
    public String root() {
        return document.at("/servers/0/url").asText();
    }

    /** The document as JSON, as clients get it. */
    public String json() {
        return document.toString();
    }

    public List<ApiOperation> operations() {
        List<ApiOperation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry -> operations.add(operation(path.getKey(), entry.getKey(), entry.getValue()))));
        return operations;
    }

    private ApiOperation operation(String path, String method, JsonNode node) {
        String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method;
        List<ApiParameter> parameters = new ArrayList<>();
        for (int i = 0; i < node.path("parameters").size(); i++) {
            parameters.add(parameter(pointer + "/parameters/" + i));
        }
        JsonNode content = node.at("/requestBody/content");
        return new ApiOperation(
                node.get("operationId").asText(),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                node.path("security").isArray() && node.get("security").isEmpty(),
                parameters,
                body(pointer, content),
                node.at("/requestBody/required").asBoolean(),
                ApiOperation.BYTES.stream().filter(content::has).findFirst().orElse(null));
    }

    private @Nullable Schema body(String pointer, JsonNode content) {
        return content.has("application/json")
                ? schema(pointer + "/requestBody/content/application~1json/schema")
                : null;
    }

    private ApiParameter parameter(String pointer) {
        JsonNode reference = document.at(pointer).get("$ref");
        String place = reference == null ? pointer : reference.asText().substring(1);
        JsonNode node = document.at(place);
        return new ApiParameter(
                node.get("name").asText(),
                ApiParameter.Place.valueOf(node.get("in").asText().toUpperCase(Locale.ROOT)),
                node.path("required").asBoolean(),
                node.at("/schema/type").asText(),
                schema(place + "/schema"));
    }

    private Schema schema(String pointer) {
        return new Schema(factory.getSchema(SchemaLocation.of(LOCATION + "#" + pointer), config));
    }
}
