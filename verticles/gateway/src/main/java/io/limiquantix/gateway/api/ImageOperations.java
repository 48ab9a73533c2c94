package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The image library, but for the bytes. */
public final class ImageOperations {
    private final Bus bus;

    public ImageOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listImages", (Plain) this::list);
        operations.put("createImage", (Plain) this::create);
        operations.put("getImage", (Plain) this::get);
        operations.put("deleteImage", (Plain) this::delete);
        operations.put("describeImage", (Plain) this::describe);
        operations.put("importImage", (Plain) this::importFile);
        operations.put("downloadImage", (Plain) this::download);
        operations.put("lookUpChecksums", (Plain) this::lookUpSums);
    }

    private Answer list(ApiRequest request) {
        var query = new ImagesApi.ListImages(
                request.page(),
                request.values().text("search").orElse(null),
                request.values().text("sha256").orElse(null),
                request.values().text("kind").orElse(null),
                constant(request, "state", State.class),
                request.values().text("tag").orElse(null),
                constant(request, "family", Family.class));
        return Answer.ok(bus.request(ImagesApi.LIST, query, request.caller()));
    }

    private Answer create(ApiRequest request) {
        JsonNode body = request.values().body();
        @Nullable String description = Fields.optionalText(body, "description");
        var create = new ImagesApi.CreateImage(
                Fields.text(body, "name"),
                description == null ? "" : description,
                system(body),
                Fields.optionalText(body, "defaultUser"),
                Fields.text(body, "format"),
                new ImagesApi.Sums(
                        Fields.optionalText(body, "sha256"),
                        Fields.optionalText(body, "sha512"),
                        Fields.optionalText(body, "md5")),
                Fields.optionalId(body, "poolId"),
                Fields.optionalConstant(body, "visibility", Visibility.class),
                Fields.texts(body, "tags"));
        var image = bus.request(ImagesApi.CREATE, create, request.caller());
        return Answer.created(image, "/api/v1/images/" + image.id(), image.version());
    }

    private Answer get(ApiRequest request) {
        var image = bus.request(ImagesApi.GET, image(request), request.caller());
        return Answer.versioned(image, image.version());
    }

    private Answer describe(ApiRequest request) {
        JsonNode body = request.values().body();
        var said = new ImagesApi.DescribeImage(
                request.values().id("imageId"),
                request.expectedVersion(),
                Fields.optionalText(body, "name"),
                Fields.optionalText(body, "description"),
                system(body),
                Fields.optionalText(body, "defaultUser"),
                Fields.optionalConstant(body, "visibility", Visibility.class),
                body.has("tags") ? new ImagesApi.Tags(Fields.texts(body, "tags")) : null,
                body.has("deprecated") ? Boolean.valueOf(body.get("deprecated").asBoolean()) : null);
        var image = bus.request(ImagesApi.DESCRIBE, said, request.caller());
        return Answer.versioned(image, image.version());
    }

    private Answer delete(ApiRequest request) {
        var which = new ImagesApi.DeleteImage(
                request.values().id("imageId"),
                request.values().flag("independent").orElse(false));
        return Answer.accepted(bus.request(ImagesApi.DELETE, which, request.caller()));
    }

    private Answer importFile(ApiRequest request) {
        JsonNode body = request.values().body();
        var file = new ImagesApi.ImportFile(
                request.values().id("imageId"), Fields.optionalId(body, "hostId"), Fields.text(body, "path"));
        return Answer.accepted(bus.request(ImagesApi.IMPORT_FILE, file, request.caller()));
    }

    private Answer download(ApiRequest request) {
        JsonNode body = request.values().body();
        var file = new ImagesApi.DownloadFile(
                request.values().id("imageId"), Fields.text(body, "url"), Fields.optionalText(body, "checksumsUrl"));
        return Answer.accepted(bus.request(ImagesApi.DOWNLOAD_FILE, file, request.caller()));
    }

    private Answer lookUpSums(ApiRequest request) {
        JsonNode body = request.values().body();
        var wanted = new ImagesApi.LookUpSums(Fields.text(body, "checksumsUrl"), Fields.text(body, "fileName"));
        return Answer.ok(bus.request(ImagesApi.LOOK_UP_SUMS, wanted, request.caller()));
    }

    private static <E extends Enum<E>> @Nullable E constant(ApiRequest request, String name, Class<E> type) {
        Optional<String> said = request.values().text(name);
        return said.isPresent() ? Enum.valueOf(type, said.get().toUpperCase(Locale.ROOT)) : null;
    }

    private static @Nullable SystemFacts system(JsonNode body) {
        JsonNode said = body.get("operatingSystem");
        if (said == null) {
            return null;
        }
        return new SystemFacts(
                Fields.optionalConstant(said, "family", Family.class),
                Fields.optionalText(said, "distribution"),
                Fields.optionalText(said, "version"),
                Fields.optionalNumber(said, "leastMemoryBytes"),
                Fields.optionalConstant(said, "firmware", Firmware.class),
                said.has("virtio") ? Boolean.valueOf(said.get("virtio").asBoolean()) : null);
    }

    private static ImagesApi.Image image(ApiRequest request) {
        return new ImagesApi.Image(request.values().id("imageId"));
    }
}
