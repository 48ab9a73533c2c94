package io.limiquantix.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Owner;
import io.limiquantix.bus.images.ImageView.Visibility;
import org.jspecify.annotations.Nullable;

/** Who sees an image, and who says so. To whom it is private, it is not there. */
final class ImageAccess {
    private ImageAccess() {}

    static boolean isSeen(ImageView image, Actor actor) {
        return image.visibility() == Visibility.SHARED || isMasterOf(image, actor);
    }

    /** @throws FailureException {@code FORBIDDEN} for somebody else than its owner and administrators */
    static void requireMaster(ImageView image, Actor actor) {
        if (!isMasterOf(image, actor)) {
            throw FailureException.of(
                    FailureCode.FORBIDDEN,
                    "Who sees the image " + image.name() + " is said by its owner and by administrators.");
        }
    }

    private static boolean isMasterOf(ImageView image, Actor actor) {
        @Nullable Owner owner = image.owner();
        return actor.seesAll() || (owner != null && owner.id().equals(actor.userId()));
    }
}
