package io.limiquantix.images.catalogue;

import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.SystemFacts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An image that somebody publishes, as a catalogue says; see {@code docs/catalogues.md} for what each field may be.
 *
 * @param key what the catalogue calls it, fit to name an image
 * @param checksumsUrl of a list of checksums in which the file's name is; absent: none is published
 * @param sums of the file, as far as the catalogue says
 */
public record CatalogueEntry(
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
        @Nullable String checksumsUrl,
        Sums sums,
        @Nullable String defaultUser,
        @Nullable Long leastMemoryBytes,
        @Nullable String firmware,
        @Nullable String note) {

    /** What it says of the system. */
    public SystemFacts system() {
        return new SystemFacts(
                Family.valueOf(family.toUpperCase(Locale.ROOT)),
                distribution,
                version,
                leastMemoryBytes,
                firmware == null ? null : Firmware.valueOf(firmware.toUpperCase(Locale.ROOT)),
                null);
    }

    /** Whether its publisher says which bytes it has. */
    public boolean isChecked() {
        return checksumsUrl != null || sums.sha256() != null || sums.sha512() != null;
    }
}
