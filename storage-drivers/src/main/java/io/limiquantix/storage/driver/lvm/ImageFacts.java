package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.UUID;

/** What is known of an image, as tags of its logical volume. */
final class ImageFacts {
    private static final String FORMAT = "limiquantix.format";
    private static final String SHA256 = "limiquantix.sha256";
    private static final String FILE_BYTES = "limiquantix.fileBytes";
    private static final String VIRTUAL_BYTES = "limiquantix.virtualBytes";

    private ImageFacts() {}

    static List<String> tags(Image image) {
        return List.of(
                FORMAT + "=" + image.format().label(),
                SHA256 + "=" + image.sha256(),
                FILE_BYTES + "=" + image.fileBytes(),
                VIRTUAL_BYTES + "=" + image.virtualSizeBytes());
    }

    /** @throws StorageException {@code FAILED} when somebody removed the tags */
    static Image read(UUID id, LogicalVolume volume) {
        return new Image(
                id,
                ImageFormat.of(required(FORMAT, volume)),
                required(SHA256, volume),
                number(FILE_BYTES, volume),
                number(VIRTUAL_BYTES, volume));
    }

    private static long number(String key, LogicalVolume volume) {
        String text = required(key, volume);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new StorageException(StorageException.Reason.FAILED, unreadable(key, volume), java.util.Map.of(), e);
        }
    }

    private static String required(String key, LogicalVolume volume) {
        return volume.tag(key)
                .orElseThrow(() -> new StorageException(
                        StorageException.Reason.FAILED,
                        unreadable(key, volume),
                        java.util.Map.of(),
                        new IllegalStateException("no tag " + key)));
    }

    private static String unreadable(String key, LogicalVolume volume) {
        return "The logical volume " + volume.name() + " has lost its tag " + key + ", so it is no image any more.";
    }
}
