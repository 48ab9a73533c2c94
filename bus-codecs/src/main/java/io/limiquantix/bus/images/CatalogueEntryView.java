package io.limiquantix.bus.images;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image that somebody publishes.
 *
 * @param id the same for as long as the source calls it the same
 * @param key what the source calls it, and the image unless it is given another name
 * @param family of systems, as {@code linux}
 * @param kind {@code cloud} or {@code iso}
 * @param format of the image, {@code qcow2}, {@code raw} or {@code iso}
 * @param compression of the file around it, absent for none
 * @param url of the file, without what may be secret
 * @param checked whether its publisher says which bytes it has
 * @param firmware the only one that it boots with, {@code bios} or {@code uefi}; absent: either
 * @param imageId the newest image of the library that came from it
 */
public record CatalogueEntryView(
        UUID id,
        UUID sourceId,
        String key,
        String name,
        String family,
        String distribution,
        String version,
        String architecture,
        String kind,
        String format,
        @Nullable String compression,
        String url,
        boolean checked,
        @Nullable String defaultUser,
        @Nullable Long leastMemoryBytes,
        @Nullable String firmware,
        @Nullable String note,
        @Nullable UUID imageId) {}
