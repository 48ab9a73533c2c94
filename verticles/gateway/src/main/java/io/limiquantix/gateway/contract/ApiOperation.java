package io.limiquantix.gateway.contract;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract.
 *
 * @param path below the API's root, with {@code {names}} in it
 * @param open whether nobody needs to be logged in for it
 * @param body the schema of its JSON body, absent when it takes none
 * @param bodyRequired whether a request without that body is refused
 * @param bytes the content type of its body where that is bytes that are not to be gathered
 */
public record ApiOperation(
        String id,
        HttpMethod method,
        String path,
        boolean open,
        List<ApiParameter> parameters,
        @Nullable Schema body,
        boolean bodyRequired,
        @Nullable String bytes) {
    /** Content types whose bodies are not gathered. */
    static final List<String> BYTES = List.of("application/octet-stream", "application/offset+octet-stream");

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    public ApiOperation {
        parameters = List.copyOf(parameters);
    }

    /** Whether it changes anything, by the meaning of its HTTP method. */
    public boolean changes() {
        return !READING.contains(method);
    }

    public boolean streamed() {
        return bytes != null;
    }
}
