package io.limiquantix.gateway.api;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Parts;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.http.Operation.Streamed;
import io.limiquantix.gateway.http.Problem;
import io.limiquantix.gateway.upload.Upload;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.UUID;

/**
 * Images whose bytes come in parts, by tus 1.0.0 with its extensions "creation" and "termination" (tus.io/protocols/resumable-upload):
 * what was sent of an image stays when the client, the gateway or the host ends, and the next part goes on behind it.
 */
public final class ImagePartOperations {
    private static final String VERSION = "1.0.0";
    private static final String RESUMABLE = "Tus-Resumable";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final int PRECONDITION_FAILED = 412;

    private final Bus bus;
    private final Upload upload;

    public ImagePartOperations(Bus bus, Upload upload) {
        this.bus = bus;
        this.upload = upload;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("describeImageParts", (Plain) request -> describe());
        operations.put("beginImageParts", (Plain) request -> isOther(request) ? other() : begin(request));
        operations.put("lookAtImageParts", (Plain) request -> isOther(request) ? other() : look(request));
        operations.put("sendImagePart", (Streamed)
                (request, http, loop) -> isOther(request) ? other() : send(request, http, loop));
        operations.put("forgetImageParts", (Plain) request -> isOther(request) ? other() : forget(request));
    }

    private static boolean isOther(ApiRequest request) {
        return !request.values().text(RESUMABLE).orElse("").equals(VERSION);
    }

    private static Answer other() {
        Problem problem = Problem.of(
                PRECONDITION_FAILED, FailureCode.INVALID, "The header " + RESUMABLE + " has to say " + VERSION + ".");
        return new Answer(PRECONDITION_FAILED, problem, Map.of("Tus-Version", VERSION, RESUMABLE, VERSION));
    }

    private static Answer describe() {
        return Answer.done()
                .withHeader(RESUMABLE, VERSION)
                .withHeader("Tus-Version", VERSION)
                .withHeader("Tus-Extension", "creation,termination");
    }

    private Answer begin(ApiRequest request) {
        UUID image = image(request);
        long length = request.values().number(LENGTH).orElseThrow();
        bus.request(ImagesApi.BEGIN_PARTS, new ImagesApi.BeginParts(image, length), request.caller());
        return new Answer(
                201,
                Answer.NO_BODY,
                Map.of("Location", "/api/v1/images/" + image + "/content", OFFSET, "0", RESUMABLE, VERSION));
    }

    private Answer look(ApiRequest request) {
        Parts parts = parts(image(request), request.caller());
        return new Answer(
                200,
                Answer.NO_BODY,
                Map.of(
                        OFFSET, String.valueOf(parts.offset()),
                        LENGTH, String.valueOf(parts.lengthBytes()),
                        RESUMABLE, VERSION));
    }

    private Answer send(ApiRequest request, HttpServerRequest http, Context loop) {
        UUID image = image(request);
        long offset = request.values().number(OFFSET).orElseThrow();
        StreamTicket ticket = bus.request(
                ImagesApi.OPEN_PART,
                new ImagesApi.OpenPart(image, offset),
                request.caller().part("open part"));
        upload.send(http, loop, ticket);
        Parts parts = parts(image, request.caller().part("look").within(Upload.PATIENCE));
        return Answer.done().withHeader(OFFSET, String.valueOf(parts.offset())).withHeader(RESUMABLE, VERSION);
    }

    /** How much has come. Once that is all of it, the check begins, also when whoever sent the last part did not come to that. */
    private Parts parts(UUID image, Caller caller) {
        Parts parts = bus.request(ImagesApi.LOOK_AT_PARTS, new ImagesApi.Image(image), caller);
        if (parts.allHaveCome() && parts.unchecked()) {
            check(image, caller.part("check"));
        }
        return parts;
    }

    private void check(UUID image, Caller caller) {
        try {
            bus.request(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(image), caller);
        } catch (FailureException e) {
            // Somebody else has begun it at the same moment.
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
        }
    }

    private Answer forget(ApiRequest request) {
        bus.request(ImagesApi.FORGET_PARTS, new ImagesApi.Image(image(request)), request.caller());
        return Answer.done().withHeader(RESUMABLE, VERSION);
    }

    private static UUID image(ApiRequest request) {
        return request.values().id("imageId");
    }
}
