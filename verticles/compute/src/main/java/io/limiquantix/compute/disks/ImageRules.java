package io.limiquantix.compute.disks;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.images.ImageView;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which images can be what in a VM. */
final class ImageRules {
    private static final String ISO = "iso";
    private static final String OVA = "ova";

    private final Map<UUID, ImageView> images;

    ImageRules(Map<UUID, ImageView> images) {
        this.images = images;
    }

    /** What a disk begins with; empty for an empty one. */
    Optional<ImageView> disk(@Nullable UUID imageId, String member) {
        if (imageId == null) {
            return Optional.empty();
        }
        ImageView image = usable(imageId, member);
        if (image.format().equals(ISO)) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name()
                            + " is an ISO; a disk begins with a disk image or empty. Put the ISO into"
                            + " a CD-ROM drive.");
        }
        if (image.format().equals(OVA)) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name() + " is a whole appliance; name the images of its disks instead.");
        }
        return Optional.of(image);
    }

    /** What is in a CD-ROM drive. */
    ImageView iso(UUID imageId, String member) {
        ImageView image = usable(imageId, member);
        if (!image.format().equals(ISO)) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name() + " is no ISO but " + image.format()
                            + "; a CD-ROM drive takes an ISO. Let a disk begin with it instead.");
        }
        return image;
    }

    private ImageView usable(UUID imageId, String member) {
        ImageView image = Optional.ofNullable(images.get(imageId))
                .orElseThrow(() -> FailureException.invalid(member, "There is no image " + imageId + "."));
        if (!image.state().isUsable()) {
            throw FailureException.invalid(
                    member,
                    "The image " + image.name() + " is not ready: "
                            + (image.problem() == null
                                    ? "its bytes are not here or not checked yet."
                                    : image.problem()));
        }
        return image;
    }

    static long size(DiskSpec wish, Optional<ImageView> image, String field) {
        long least = image.map(ImageView::virtualSizeBytes).orElse(0L);
        long size = wish.sizeBytes() == null ? least : wish.sizeBytes();
        if (size < least || size == 0) {
            throw FailureException.invalid(
                    field + ".sizeBytes",
                    image.map(i -> "The disk must not be smaller than the image " + i.name() + ", which has "
                                    + i.virtualSizeBytes() + " bytes.")
                            .orElse("A disk without an image needs a size."));
        }
        return size;
    }
}
