package io.limiquantix.images.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue says.
 *
 * @param name as it calls itself
 * @param mistakes for a person to read: why entries, or fields of the whole, were left out
 */
public record CatalogueContent(@Nullable String name, List<CatalogueEntry> entries, List<String> mistakes) {
    static final CatalogueContent NOTHING = new CatalogueContent(null, List.of(), List.of());

    public CatalogueContent {
        entries = List.copyOf(entries);
        mistakes = List.copyOf(mistakes);
    }
}
