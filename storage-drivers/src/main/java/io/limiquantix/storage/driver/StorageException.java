package io.limiquantix.storage.driver;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage refused or failed; the message is a sentence for a person. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<String, String> details;

    public StorageException(Reason reason, String message, Map<String, String> details, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.details = Map.copyOf(details);
    }

    private StorageException(Reason reason, String message, Map<String, String> details) {
        super(message);
        this.reason = reason;
        this.details = Map.copyOf(details);
    }

    /** Why, in words that a program branches on. */
    public enum Reason {
        INVALID,
        NOT_FOUND,
        CONFLICT,
        NO_SPACE,
        /** The tool or the file system failed. */
        FAILED,
        /** It took too long: whether it was done is unknown. */
        TIMEOUT
    }

    public Reason reason() {
        return reason;
    }

    public Map<String, String> details() {
        return details;
    }

    public static StorageException invalid(String field, String message) {
        return new StorageException(Reason.INVALID, message, Map.of("field", field));
    }

    public static StorageException notFound(String message) {
        return new StorageException(Reason.NOT_FOUND, message, Map.of());
    }

    public static StorageException conflict(String message) {
        return new StorageException(Reason.CONFLICT, message, Map.of());
    }

    /** The pool is full, or would be. */
    public static StorageException full(String message) {
        return new StorageException(Reason.NO_SPACE, message, Map.of());
    }

    /** Tells a full file system from other trouble; {@code what} is the beginning of a sentence, without a full stop. */
    public static StorageException of(String what, IOException cause) {
        if (saysFull(cause.getMessage())) {
            return new StorageException(Reason.NO_SPACE, what + ": the pool's file system is full.", Map.of(), cause);
        }
        return new StorageException(Reason.FAILED, what + ": " + cause, Map.of(), cause);
    }

    /** Whether a message of the kernel or a tool is about a full file system or a quota. */
    public static boolean saysFull(@Nullable String message) {
        return message != null && (message.contains("No space left on device") || message.contains("quota exceeded"));
    }
}
