package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much can be written beside the files of a pool that others use too. */
final class PoolRoom {
    /** A pool counts as full from 95 % on. */
    private static final int KEPT_SHARE = 20;

    private final FileStore store;

    private PoolRoom(FileStore store) {
        this.store = store;
    }

    static PoolRoom of(Path folder) throws IOException {
        return new PoolRoom(Files.getFileStore(folder));
    }

    /** Bytes, 0 where it is full already. */
    long bytes() throws IOException {
        return Math.max(0, store.getUsableSpace() - store.getTotalSpace() / KEPT_SHARE);
    }

    /**
     * Answers the bytes, at least one.
     *
     * @throws StorageException {@code NO_SPACE}
     */
    long require() throws IOException {
        long room = bytes();
        if (room == 0) {
            throw full();
        }
        return room;
    }

    /** @throws StorageException {@code NO_SPACE} when fewer bytes than these can be written */
    void require(long bytes) throws IOException {
        long room = bytes();
        if (room < bytes) {
            throw StorageException.full(
                    "The disks take at least " + bytes + " bytes beside what has arrived, and there is" + " room for "
                            + room + " where they are unpacked. Free some, or choose another pool.");
        }
    }

    static StorageException full() {
        return StorageException.full(
                "There is not enough room where the image is unpacked: a twentieth has to stay free."
                        + " Free some, or choose another pool.");
    }
}
