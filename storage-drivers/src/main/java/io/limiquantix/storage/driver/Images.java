package io.limiquantix.storage.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleConsumer;

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
     * Whether what arrived has to be unpacked or converted before it can be admitted. Looks at its first bytes only.
     *
     * @throws StorageException {@code NOT_FOUND} when nothing arrived
     */
    boolean isPacked(UUID id, ArrivalFormat stated);

    /**
     * Puts in place of what arrived what it unpacks or converts to, which then waits for {@link #admit} in the format that
     * {@link ArrivalFormat#becomes} says. It may take hours; interrupting the thread ends it, and it can be asked for again. Once it
     * is done it is answered again.
     *
     * @param expected the checksums of the file as it came
     * @param percent is told how far it is, 0 to 100, by any thread
     * @throws StorageException {@code INVALID} with the reason when the file is refused, and forgotten; {@code NO_SPACE} before
     *     the pool is full; {@code NOT_FOUND} when nothing arrived
     */
    Came unpack(UUID id, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent);

    /** What the ISO that arrived says of itself; empty when nothing arrived that has such a file system. */
    Optional<IsoLabel> label(UUID id);

    /**
     * Reads the archive of an appliance that arrived, and compares the checksums in it. It may take minutes; interrupting the thread
     * ends it. What was read is answered again.
     *
     * @param expected the checksums of the file as it came
     * @param percent is told how far it is, 0 to 100, by any thread
     * @throws StorageException {@code INVALID} with the reason when it is refused, and forgotten; {@code NO_SPACE} when its disks
     *     cannot fit beside it; {@code NOT_FOUND} when nothing arrived
     */
    ArrivedAppliance readAppliance(UUID id, ExpectedSums expected, DoubleConsumer percent);

    /**
     * Makes of a disk of an appliance that was read a qcow2 file, which then waits for {@link #admit} under an id of its own. It may
     * take hours, as {@link #unpack}. The appliance's archive stays until that is deleted.
     *
     * @param disk which one of the appliance's disks, from 0
     * @throws StorageException as {@link #unpack}; nothing is forgotten
     */
    Came takeDisk(UUID appliance, int disk, UUID id, DoubleConsumer percent);

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

    /**
     * The image's file with the bytes that were admitted, for whoever reads it for long; absent where the pool keeps no such file on
     * a disk of this machine.
     *
     * @throws StorageException {@code NOT_FOUND}
     */
    Optional<Path> file(UUID id);

    /**
     * What a domain's CD-ROM drive points at when the image is in it; absent where the pool keeps images in another way than as files,
     * or has none of this id.
     */
    default Optional<DiskSource.OfFile> inDrive(UUID id) {
        return Optional.empty();
    }

    /**
     * Writes a new file of what the image is, and answers its format. It may take hours; interrupting the thread ends it.
     *
     * @param target is not there yet
     * @param percent is told how far it is, 0 to 100, by any thread
     * @throws StorageException {@code NOT_FOUND}
     */
    ImageFormat export(UUID id, Path target, DoubleConsumer percent);

    /**
     * Where the tools of QEMU on this host find the disk that the image is.
     *
     * @throws StorageException {@code NOT_FOUND}
     */
    QemuLocation location(UUID id);

    List<Image> list();
}
