package io.limiquantix.storage.driver.image.foreign;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.image.FileSignature;
import io.limiquantix.storage.driver.image.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A file whose headers nobody vouches for. */
record HeaderFile(FileSlice file, FileChannel channel, ArrivalFormat stated) implements AutoCloseable {
    static HeaderFile open(FileSlice file, ArrivalFormat stated) throws IOException {
        return new HeaderFile(file, FileChannel.open(file.file(), StandardOpenOption.READ), stated);
    }

    long size() {
        return file.length();
    }

    /** @throws StorageException {@code INVALID} when the file does not reach that far */
    ByteBuffer read(long offset, int length, ByteOrder order) throws IOException {
        if (offset < 0 || offset > size() - length) {
            throw refused("ends before what its header announces; it was cut off or is damaged.");
        }
        return upTo(offset, length, order);
    }

    /** Fewer bytes where the file ends before. */
    ByteBuffer upTo(long offset, int length, ByteOrder order) throws IOException {
        return file.read(channel, offset, ByteBuffer.allocate(length).order(order));
    }

    /** @param rest of the sentence that begins with the image */
    StorageException refused(String rest) {
        return StorageException.invalid("file", "The " + stated.spoken() + " image " + rest);
    }

    /** It is none of the stated format. */
    StorageException other() throws IOException {
        String what = FileSignature.container(file).orElse("something else, or damaged");
        return StorageException.invalid(
                "file", "The image is said to be " + stated.spoken() + ", but it is " + what + ".");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
