package io.limiquantix.host.node;

import io.limiquantix.bus.FailureException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields of requests; what is wrong with one is said by its name. */
final class NodeFields {
    private static final int ID_LENGTH = 36;

    private NodeFields() {}

    static UUID id(String field, String text) {
        if (text.isEmpty()) {
            throw FailureException.invalid(field, "This id is missing.");
        }
        try {
            if (text.length() == ID_LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            throw (FailureException) noId(field).initCause(e);
        }
        throw noId(field);
    }

    private static FailureException noId(String field) {
        return FailureException.invalid(field, "An id is a UUID, for instance 0198c0de-0000-7000-8000-000000000001.");
    }

    static @Nullable UUID optionalId(String field, String text) {
        return text.isEmpty() ? null : id(field, text);
    }

    static long size(String field, long bytes) {
        if (bytes <= 0) {
            throw FailureException.invalid(field, "A size is at least one byte.");
        }
        return bytes;
    }
}
