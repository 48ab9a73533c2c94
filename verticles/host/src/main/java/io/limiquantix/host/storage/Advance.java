package io.limiquantix.host.storage;

import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Is told how far a long piece of work is, 0 to 100. Quick; called by the work's own thread. */
@FunctionalInterface
public interface Advance extends DoubleConsumer {
    /**
     * The same in bytes.
     *
     * @param bytes that have come
     * @param totalBytes of all; absent where nobody knows it yet
     */
    default void moved(long bytes, @Nullable Long totalBytes) {
        if (totalBytes != null) {
            accept(100.0 * bytes / totalBytes);
        }
    }
}
