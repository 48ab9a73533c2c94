package io.limiquantix.storage.driver;

import java.nio.ByteBuffer;

/** The bytes of an image on their way in. Used by one thread. Closed without {@link #complete} it leaves nothing, unless it is a part. */
public interface ImageArrival extends AutoCloseable {
    /** @throws StorageException {@code NO_SPACE} when the pool is full */
    void write(ByteBuffer bytes);

    long bytesWritten();

    /** Makes the bytes durable; they wait for {@link Images#admit}. Answers their SHA-256 in lower case hexadecimal. */
    String complete();

    @Override
    void close();
}
