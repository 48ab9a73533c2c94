package io.limiquantix.images.catalogue;

import io.limiquantix.bus.images.CatalogueSourceView;
import java.util.UUID;

/** Where entries come from, with those that it has. */
record Source(CatalogueSourceView view, CatalogueContent content) {
    UUID id() {
        return view.id();
    }
}
