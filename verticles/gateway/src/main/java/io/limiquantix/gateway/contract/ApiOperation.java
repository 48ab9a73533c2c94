package io.limiquantix.gateway.contract;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the contract.
 *
 * @param path below the API's root, with {@code {names}} in it
 * @param open whether nobody needs to be logged in for it
 * @param body the schema of its JSON body, absent when it takes none
 * @param streamed whether its body is bytes that are not to be gathered
 */
public record ApiOperation(
        String id,
        HttpMethod method,
        String path,
        boolean open,
        List<ApiParameter> parameters,
        @Nullable Schema body,
        boolean streamed) {

    public ApiOperation {
        parameters = List.copyOf(parameters);
    }

    /** Whether it changes anything, by the meaning of its HTTP method. */
    public boolean changes() {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }
}
