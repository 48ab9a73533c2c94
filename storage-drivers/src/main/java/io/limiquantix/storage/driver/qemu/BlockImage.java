package io.limiquantix.storage.driver.qemu;

import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.DoubleConsumer;

/** An image of a pool that keeps disks and no files: raw whatever it was, and as large as the pool's blocks make it. */
public record BlockImage(Image image, QemuLocation location) {
    /**
     * Writes a file of it: one of a raw image or an ISO has the bytes that it came with; what a qcow2 file held stands in another
     * qcow2 file, since how it was packed is not known any more. Interrupting the thread ends it.
     *
     * @param target is not there yet
     * @param percent is told how far it is, 0 to 100
     * @return the file's format
     */
    public ImageFormat export(QemuImg qemuImg, Path target, DoubleConsumer percent) {
        VolumeFormat as = image.format() == ImageFormat.QCOW2 ? VolumeFormat.QCOW2 : VolumeFormat.RAW;
        qemuImg.export(location, target, as, percent);
        if (as == VolumeFormat.RAW) {
            cutTo(target, image.fileBytes());
        }
        return image.format();
    }

    private static void cutTo(Path file, long bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        } catch (IOException e) {
            throw StorageException.of("The file of the image cannot be written", e);
        }
    }
}
