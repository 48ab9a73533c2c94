package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The images of one pool. An image's bytes arrive first and are admitted after a check; then they never change. */
public interface Images {
    /**
     * Begins anew to take an image's bytes.
     *
     * @throws StorageException {@code CONFLICT} when the image is admitted already or its bytes are arriving now
     */
    ImageArrival receive(UUID id);

    /**
     * Takes one more part of an image's bytes. What comes is kept when the arrival is closed before it is complete, also when the
     * process or the machine ends; {@link ImageArrival#bytesWritten} counts the parts before too.
     *
     * @param offset how many bytes came before
     * @param length how many there are altogether; once they have come, closing the arrival completes it too
     * @throws StorageException {@code CONFLICT} when the image is admitted already, its bytes are arriving now, or another
     *     number of bytes came before
     */
    ImageArrival resume(UUID id, long offset, long length);

    /** How many bytes of an image that is not admitted came in parts and are on the disk. */
    long arrived(UUID id);

    /**
     * Checks what arrived and makes it an image, or refuses and deletes it; an admitted image is answered again.
     *
     * @throws StorageException {@code INVALID} with the reason of the refusal, {@code NOT_FOUND} when nothing arrived
     */
    Image admit(UUID id, ImageFormat format, ExpectedSums expected);

    /**
     * Deletes the image and whatever arrived of it; success when there is nothing.
     *
     * @throws StorageException {@code CONFLICT} while a volume depends on it or its bytes are arriving
     */
    void delete(UUID id);

    Optional<Image> find(UUID id);

    List<Image> list();
}
