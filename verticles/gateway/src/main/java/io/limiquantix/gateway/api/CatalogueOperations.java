package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;

/** Images that others publish. */
public final class CatalogueOperations {
    private final Bus bus;

    public CatalogueOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listCatalogue", (Plain) this::list);
        operations.put("listCatalogueSources", (Plain) this::sources);
        operations.put("refreshCatalogue", (Plain) this::refresh);
        operations.put("addCatalogueSource", (Plain) this::add);
        operations.put("removeCatalogueSource", (Plain) this::remove);
        operations.put("downloadCatalogueEntry", (Plain) this::download);
    }

    private Answer list(ApiRequest request) {
        var query = new CatalogueApi.ListEntries(
                request.page(), request.values().text("search").orElse(null));
        return Answer.ok(bus.request(CatalogueApi.LIST_ENTRIES, query, request.caller()));
    }

    private Answer sources(ApiRequest request) {
        return Answer.ok(bus.request(CatalogueApi.LIST_SOURCES, Nothing.NOTHING, request.caller()));
    }

    private Answer refresh(ApiRequest request) {
        return Answer.ok(bus.request(CatalogueApi.REFRESH, Nothing.NOTHING, request.caller()));
    }

    private Answer add(ApiRequest request) {
        var added = new CatalogueApi.AddSource(Fields.text(request.values().body(), "url"));
        var source = bus.request(CatalogueApi.ADD_SOURCE, added, request.caller());
        return new Answer(201, source, Map.of("Location", "/api/v1/images/catalogue/sources/" + source.id()));
    }

    private Answer remove(ApiRequest request) {
        var source = new CatalogueApi.Source(request.values().id("sourceId"));
        bus.request(CatalogueApi.REMOVE_SOURCE, source, request.caller());
        return Answer.done();
    }

    private Answer download(ApiRequest request) {
        JsonNode body = request.values().body();
        var wish = new CatalogueApi.DownloadEntry(
                request.values().id("entryId"), Fields.optionalText(body, "name"), Fields.optionalId(body, "poolId"));
        return Answer.accepted(bus.request(CatalogueApi.DOWNLOAD_ENTRY, wish, request.caller()));
    }
}
