package io.limiquantix.bus.images;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where entries of the catalogue come from.
 *
 * @param name as it calls itself, else its location
 * @param location of the file, or address without what may be secret
 * @param entries how many it has
 * @param mistakes what is wrong with entries that are left out, the first ones of them
 * @param mistakeCount how many there are
 * @param reading whether it is being read, or will be soon
 * @param readAt when its entries were read, absent while they never were
 * @param problem why it could not be read, absent while it can be
 * @param problemSince since when that is so
 */
public record CatalogueSourceView(
        UUID id,
        Kind kind,
        String name,
        String location,
        int entries,
        List<String> mistakes,
        int mistakeCount,
        boolean reading,
        @Nullable Instant readAt,
        @Nullable String problem,
        @Nullable Instant problemSince) {

    public CatalogueSourceView {
        mistakes = List.copyOf(mistakes);
    }

    public enum Kind {
        /** Comes with the platform. */
        BUILT_IN,
        /** A file of the folder of catalogues. */
        FILE,
        /** Is fetched from the web. */
        ADDRESS
    }
}
