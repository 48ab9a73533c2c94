package io.limiquantix.bus;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every request travels in.
 *
 * @param operationId names the change; the same id asked twice has one effect and one answer
 * @param deadline after this moment the asker no longer waits; a handler may stop, and must not begin
 * @param epoch present when a task sends the request
 * @param traceParent W3C trace context, carried on unchanged
 */
public record Envelope<B extends Record>(
        UUID operationId,
        Instant deadline,
        Actor actor,
        @Nullable TaskEpoch epoch,
        @Nullable String traceParent,
        B body) {}
