package io.limiquantix.runtime.secrets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code secrets}.
 *
 * @param keyFile holds the key that stored secrets are encrypted with; all control planes of an installation need the same
 *     one. Absent: {@code secrets.key} in the data directory, made at the first start
 */
public record SecretsConfig(@Nullable Path keyFile) {
    public Path keyFileIn(Path dataDirectory) {
        return keyFile == null ? dataDirectory.resolve("secrets.key") : keyFile;
    }
}
