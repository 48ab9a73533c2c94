package io.limiquantix.bus.images;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images that others publish, and that can be downloaded by one request. */
public final class CatalogueApi {
    /** By distribution, name and id. */
    public static final ServiceAddress<ListEntries, Entries> LIST_ENTRIES =
            ServiceAddress.reading("images.catalogue.list-entries", ListEntries.class, Entries.class);

    /** Where the entries come from. */
    public static final ServiceAddress<Nothing, Sources> LIST_SOURCES =
            ServiceAddress.reading("images.catalogue.list-sources", Nothing.class, Sources.class);

    /** Has every source read again soon; answers before that was done. */
    public static final ServiceAddress<Nothing, Sources> REFRESH =
            ServiceAddress.changing("images.catalogue.refresh", Nothing.class, Sources.class);

    /** Adds a catalogue of the web, which is read soon; one that is there already stays. */
    public static final ServiceAddress<AddSource, CatalogueSourceView> ADD_SOURCE =
            ServiceAddress.changing("images.catalogue.add-source", AddSource.class, CatalogueSourceView.class);

    /** Forgets a catalogue of the web; images that came from it stay. */
    public static final ServiceAddress<Source, Nothing> REMOVE_SOURCE =
            ServiceAddress.changing("images.catalogue.remove-source", Source.class, Nothing.class);

    /**
     * Makes an image of an entry and has a host download it. One of this name that came from the same entry and has no bytes is
     * taken again.
     */
    public static final ServiceAddress<DownloadEntry, TaskRef> DOWNLOAD_ENTRY =
            ServiceAddress.changing("images.catalogue.download-entry", DownloadEntry.class, TaskRef.class);

    private CatalogueApi() {}

    /** @param search part of a name, absent for all */
    public record ListEntries(Page page, @Nullable String search) {}

    public record Entries(
            List<CatalogueEntryView> items, @Nullable String nextCursor) {
        public Entries {
            items = List.copyOf(items);
        }
    }

    public record Sources(List<CatalogueSourceView> items) {
        public Sources {
            items = List.copyOf(items);
        }
    }

    /** @param url an address of the web */
    public record AddSource(String url) {}

    public record Source(UUID sourceId) {}

    /**
     * @param name of the image; absent: as the catalogue calls the entry
     * @param poolId where it goes; absent: the platform chooses
     */
    public record DownloadEntry(
            UUID entryId, @Nullable String name, @Nullable UUID poolId) {}
}
