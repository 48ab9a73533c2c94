package io.limiquantix.runtime.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform's state lives.
 *
 * @param url {@code postgresql://user@host:port/database} of an external server; absent: an embedded one
 * @param passwordFile holds the external server's password on its first line
 * @param port where the embedded server listens on the loopback interface
 * @param poolSize connections of this process, 4 to 200
 */
public record DatabaseConfig(
        @Nullable String url,
        @Nullable Path passwordFile,
        @Nullable Integer port,
        @Nullable Integer poolSize) {
    private static final int DEFAULT_PORT = 15432;
    private static final int DEFAULT_POOL_SIZE = 12;

    public boolean isEmbedded() {
        return url == null;
    }

    public int embeddedPort() {
        return port == null ? DEFAULT_PORT : port;
    }

    public int connections() {
        return poolSize == null ? DEFAULT_POOL_SIZE : poolSize;
    }
}
